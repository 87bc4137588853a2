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
import { openSlices, SLICE_BYTES } from './read-blob.ts'
import type { Hasher } from './hasher.ts'

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

/** Slices that the hasher has while one is written and one is read. */
const MAX_AHEAD = 2

/**
 * Writes a file as a blob without a digest, one slice a turn, while its digest is computed in another thread.
 *
 * A file that is there already is found by its digest; where its length and beginning say that it may be, nothing is
 * written before that is known. Errors: throws `RolledBack`, what `onSlice` throws, and failures of engine and file;
 * then its blob is deleted. Owner: the blob counts as arriving until the caller refers to it or gives it up.
 */
export async function storeFile(
  database: Database,
  hasher: Hasher,
  blob: Blob,
  onSlice: (bytes: number) => Promise<void>,
): Promise<StoredFile> {
  const { sql } = database
  if (await mayBeStored(database, blob)) {
    const digest = await digestFile(hasher, blob, () => Promise.resolve())
    const known = findBlob(sql, digest)
    if (known !== undefined) {
      await onSlice(blob.size)
      return { blobId: known, digest, isNew: false }
    }
  }
  const { generation } = database.points.memory
  const blobId = undoOnFailure(database, () => {
    sql.begin()
    return createBlob(sql, blob.size, null)
  })
  arrivingBlobs(sql).add(blobId)
  try {
    const digest = await digestFile(hasher, blob, async (offset, bytes) => {
      if (!sql.isOpen || database.points.memory.generation !== generation) throw new RolledBack()
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
  const ids = sql.all('select id from blobs where bytes = ? and digest is not null', [blob.size], (row) =>
    row.number(0),
  )
  if (ids.length === 0 || blob.size === 0) return ids.length > 0
  const beginning = new Uint8Array(await blob.slice(0, BEGINNING_BYTES).arrayBuffer())
  return ids.some((id) => beginsWith(readBlobBytes(sql, id, 0), beginning))
}

const BEGINNING_BYTES = 2 ** 16

function beginsWith(bytes: Uint8Array, beginning: Uint8Array): boolean {
  return beginning.every((byte, index) => byte === bytes[index])
}

/** Reads a file once: `onSlice` has each slice, and then the hasher, which goes on while the next ones are read. */
async function digestFile(
  hasher: Hasher,
  blob: Blob,
  onSlice: (offset: number, bytes: Uint8Array) => Promise<void>,
): Promise<string> {
  await hasher.begin()
  const reader = openSlices(blob)
  const digested: Promise<Uint8Array<ArrayBuffer>>[] = []
  /** A buffer that nobody uses: a new one for the first few slices, then that of the slice digested first. */
  const takeBuffer = async (): Promise<ArrayBuffer> => {
    if (digested.length < MAX_AHEAD) return new ArrayBuffer(SLICE_BYTES)
    return (await digested.shift())?.buffer ?? new ArrayBuffer(SLICE_BYTES)
  }
  for (let offset = 0, next = reader.next(await takeBuffer()); offset < blob.size;) {
    const bytes = await next
    if (bytes.length === 0) throw new DOMException('it ended early', 'NotReadableError')
    const { length } = bytes
    next = reader.next(await takeBuffer())
    // Whoever stops early does not hear of it.
    next.catch(() => undefined)
    await onSlice(offset, bytes)
    digested.push(hasher.update(bytes))
    offset += length
  }
  await Promise.all(digested)
  return hasher.digest()
}
