import { arrayBytes } from '../../src/model/array.ts'
import type { ArraySection } from '../../src/model/log-batch.ts'
import { createBlob, deleteUnusedBlobs, findBlob, writeBlobBytes } from '../db/blobs.ts'
import type { Sql } from '../db/sql.ts'
import { digestsOf, isLarge } from './digests.ts'
import type { Digests } from './digests.ts'
import { findUpload } from './uploads.ts'

const INSERT = `insert into arrays (run_id, key, step, time, dtype, shape, bytes, data, blob_id, upload)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** Where an array is kept: in its row, or in a blob that may still be arriving. */
interface Kept {
  readonly data?: Uint8Array
  readonly blobId?: number
  readonly upload?: string
}

/** Writes the arrays of a batch; `whyNoPart` has found nothing wrong. */
export function writeArrays(sql: Sql, sections: readonly ArraySection[], digests: Digests): void {
  for (const section of sections) {
    if (section.part === undefined) writeWhole(sql, section, digests)
    else writePart(sql, section, section.part, digests)
  }
}

function writeWhole(sql: Sql, section: ArraySection, digests: Digests): void {
  const length = arrayBytes(section.dtype, section.shape)
  const known = isLarge(section) ? digestsOf(digests, section) : []
  for (let index = 0; index < section.steps.length; index++) {
    const data = section.bytes.subarray(index * length, (index + 1) * length)
    const digest = known[index]
    insertRow(sql, section, index, digest === undefined ? { data } : { blobId: storeOnce(sql, data, digest) })
  }
}

function storeOnce(sql: Sql, bytes: Uint8Array, digest: string): number {
  const stored = findBlob(sql, digest)
  if (stored !== undefined) return stored
  const blobId = createBlob(sql, bytes.length, digest)
  writeBlobBytes(sql, blobId, 0, bytes)
  return blobId
}

function insertRow(sql: Sql, section: ArraySection, index: number, { data, blobId, upload }: Kept): void {
  const { runId, key, dtype, shape, steps, times } = section
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
  )
}

type Part = NonNullable<ArraySection['part']>

function writePart(sql: Sql, section: ArraySection, { id, offset }: Part, digests: Digests): void {
  const total = arrayBytes(section.dtype, section.shape)
  if (offset === 0) insertRow(sql, section, 0, { blobId: createBlob(sql, total, null), upload: id })
  const blobId = findUpload(sql, id) ?? 0
  writeBlobBytes(sql, blobId, offset, section.bytes)
  if (offset + section.bytes.length < total) return
  const [digest = null] = digestsOf(digests, section)
  const same = digest === null ? undefined : findBlob(sql, digest)
  sql.run('update arrays set upload = null, blob_id = ? where upload = ?', same ?? blobId, id)
  if (same === undefined) sql.run('update blobs set digest = ? where id = ?', digest, blobId)
  else deleteUnusedBlobs(sql)
}
