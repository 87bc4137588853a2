import { arrayBytes } from '../../src/model/array.ts'
import type { ArraySection } from '../../src/model/log-batch.ts'
import { createBlob, findBlob, writeBlobBytes } from '../db/blobs.ts'
import type { Sql } from '../db/sql.ts'
import { isLarge } from './large-arrays.ts'
import type { Digests } from './large-arrays.ts'
import { findUpload } from './uploads.ts'

const INSERT = `insert into arrays (run_id, key, step, time, dtype, shape, bytes, data, blob_id, upload, kind, meta)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** Where an array is kept: in its row, or in a blob that may still be arriving. */
export interface Kept {
  readonly data?: Uint8Array
  readonly blobId?: number
  readonly upload?: string
}

/**
 * Writes the arrays of a batch; `whyNoPart` has found nothing wrong. A large array whose digest is known and that is
 * stored already is not written again; one whose digest is not known is found out later: see `nameBlobs`.
 */
export function writeArrays(sql: Sql, sections: readonly ArraySection[], digests: Digests): void {
  for (const section of sections) {
    if (section.part === undefined) writeWhole(sql, section, digests.get(section) ?? [])
    else writePart(sql, section, section.part)
  }
}

function writeWhole(sql: Sql, section: ArraySection, digests: readonly string[]): void {
  const length = arrayBytes(section.dtype, section.shape)
  const large = isLarge(section)
  for (let index = 0; index < section.steps.length; index++) {
    const data = section.bytes.subarray(index * length, (index + 1) * length)
    const kept = large ? { blobId: storeBlob(sql, data, digests[index] ?? null) } : { data }
    insertArray(sql, section, index, kept)
  }
}

function storeBlob(sql: Sql, bytes: Uint8Array, digest: string | null): number {
  const stored = digest === null ? undefined : findBlob(sql, digest)
  if (stored !== undefined) return stored
  const blobId = createBlob(sql, bytes.length, digest)
  writeBlobBytes(sql, blobId, 0, bytes)
  return blobId
}

/** Inserts the row of one array of a section. */
export function insertArray(
  sql: Sql,
  section: ArraySection,
  index: number,
  { data, blobId, upload }: Kept,
): void {
  const { runId, key, dtype, shape, steps, times, media } = section
  sql.run(
    INSERT,
    runId,
    key,
    steps[index] ?? 0,
    times[index] ?? 0,
    dtype,
    JSON.stringify(shape),
    arrayBytes(dtype, shape),
    data ?? null,
    blobId ?? null,
    upload ?? null,
    media?.kind ?? null,
    media?.meta ?? null,
  )
}

type Part = NonNullable<ArraySection['part']>

function writePart(sql: Sql, section: ArraySection, { id, offset }: Part): void {
  const total = arrayBytes(section.dtype, section.shape)
  if (offset === 0) insertArray(sql, section, 0, { blobId: createBlob(sql, total, null), upload: id })
  writeBlobBytes(sql, findUpload(sql, id) ?? 0, offset, section.bytes)
  if (offset + section.bytes.length === total) {
    sql.run('update arrays set upload = null where upload = ?', id)
  }
}
