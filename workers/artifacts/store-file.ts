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
import { readSlices } from './read-blob.ts'
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

/** Buffers that the hasher has while the next slice is written. */
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
    const digest = await digestFile(hasher, blob)
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
    await hasher.begin()
    const ahead: Promise<unknown>[] = []
    for await (const { offset, bytes } of readSlices(blob)) {
      if (!sql.isOpen || database.points.memory.generation !== generation) throw new RolledBack()
      undoOnFailure(database, () => {
        sql.begin()
        writeBlobBytes(sql, blobId, offset, bytes)
      })
      const { length } = bytes
      ahead.push(hasher.update(bytes))
      if (ahead.length > MAX_AHEAD) await ahead.shift()
      await onSlice(length)
    }
    await Promise.all(ahead)
    const digest = await hasher.digest()
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

async function digestFile(hasher: Hasher, blob: Blob): Promise<string> {
  await hasher.begin()
  for await (const { bytes } of readSlices(blob)) await hasher.update(bytes)
  return hasher.digest()
}
