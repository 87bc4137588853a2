import { NUMBER } from '../../src/model/column.ts'
import {
  arrivingBlobs,
  createBlob,
  deleteBlob,
  findBlob,
  readBlobBytes,
  writeBlobBytes,
} from '../db/blobs.ts'
import type { Database } from '../db/database.ts'
import { commit, undoOnFailure } from '../ingest/commit.ts'
import { createDigester } from '../ingest/digests.ts'
import { openSlices, SLICE_BYTES } from './read-blob.ts'

/** Bytes that are in the database; `isNew` when they were not before. */
export interface StoredFile {
  readonly blobId: number
  readonly digest: string
  readonly isNew: boolean
}

/** Thrown when what was written of a file is gone: another write failed, and all since the last commit with it. */
export class RolledBack extends Error {
  override readonly name = 'RolledBack'
}

/**
 * Writes a file as a blob without a digest, one slice a turn, and computes its digest.
 *
 * A file that is there already is found by its digest; where its length and beginning say that it may be, nothing is
 * written before that is known. Errors: throws `RolledBack`, what `onSlice` throws, and failures of engine and file;
 * then its blob is deleted. Owner: the blob counts as arriving until the caller refers to it or gives it up.
 */
export async function storeFile(
  database: Database,
  blob: Blob,
  onSlice: (bytes: number) => Promise<void>,
): Promise<StoredFile> {
  const { sql } = database
  if (await mayBeStored(database, blob)) {
    const digest = await digestFile(blob, () => Promise.resolve())
    const known = findBlob(sql, digest)
    if (known !== undefined) {
      await onSlice(blob.size)
      return { blobId: known, digest, isNew: false }
    }
  }
  const { generation } = database.points
  const blobId = undoOnFailure(database, () => {
    sql.begin()
    return createBlob(sql, blob.size, null)
  })
  arrivingBlobs(sql).add(blobId)
  try {
    const digest = await digestFile(blob, async (offset, bytes) => {
      if (!sql.isOpen || database.points.generation !== generation) throw new RolledBack()
      undoOnFailure(database, () => {
        sql.begin()
        writeBlobBytes(sql, blobId, offset, bytes)
      })
      await onSlice(bytes.length)
    })
    const known = findBlob(sql, digest)
    if (known === undefined) return { blobId, digest, isNew: true }
    giveUpBlob(database, blobId)
    return { blobId: known, digest, isNew: false }
  } catch (cause) {
    giveUpBlob(database, blobId)
    throw cause
  }
}

/** Deletes a blob that is not needed after all. */
export function giveUpBlob(database: Database, blobId: number): void {
  const { sql } = database
  // After a rollback it is gone, and its id may be another's.
  if (!arrivingBlobs(sql).delete(blobId) || !sql.isOpen) return
  undoOnFailure(database, () => {
    sql.begin()
    deleteBlob(sql, blobId)
  })
  commit(database, Date.now())
}

/** Whether a file of this length that begins alike is there. Cost: reads the beginning of both. */
async function mayBeStored({ sql }: Database, blob: Blob): Promise<boolean> {
  const ids = sql.column('select id from blobs where bytes = ? and digest is not null', [blob.size], NUMBER)
  if (ids.length === 0 || blob.size === 0) return ids.length > 0
  const beginning = new Uint8Array(await blob.slice(0, BEGINNING_BYTES).arrayBuffer())
  return ids.some((id) => beginsWith(readBlobBytes(sql, id, 0), beginning))
}

const BEGINNING_BYTES = 2 ** 16

function beginsWith(bytes: Uint8Array, beginning: Uint8Array): boolean {
  return beginning.every((byte, index) => byte === bytes[index])
}

/** Reads a file once: each slice is digested and handed to `onSlice` while the next one is read. */
async function digestFile(
  blob: Blob,
  onSlice: (offset: number, bytes: Uint8Array) => Promise<void>,
): Promise<string> {
  const digester = createDigester(blob.size)
  const reader = openSlices(blob)
  let spare = new ArrayBuffer(SLICE_BYTES)
  let next = reader.next(new ArrayBuffer(SLICE_BYTES))
  for (let offset = 0; offset < blob.size;) {
    const bytes = await next
    if (bytes.length === 0) throw new DOMException('it ended early', 'NotReadableError')
    next = reader.next(spare)
    // Whoever stops early does not hear of it.
    next.catch(() => undefined)
    await Promise.all([digester.add(bytes), onSlice(offset, bytes)])
    offset += bytes.length
    spare = bytes.buffer
  }
  return digester.digest()
}
