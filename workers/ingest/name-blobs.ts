import { nextTask } from '../../src/model/event-loop.ts'
import { deleteBlob, findBlob, findUnnamedBlob, readBlobBytes } from '../db/blobs.ts'
import type { Database } from '../db/database.ts'
import { isShared, type Sql } from '../db/sql.ts'
import { commit, undoOnFailure } from './commit.ts'
import { createDigester } from './digests.ts'

/**
 * Computes the digest of every blob that has none yet, and keeps blobs that turn out to be the same once.
 *
 * Computing it before an array is acknowledged took as long as storing it. Others are answered meanwhile; what it finds
 * out is part of the next commit, and found out again if that never comes.
 */
export async function nameBlobs(database: Database): Promise<void> {
  const { sql } = database
  for (let blob = findUnnamedBlob(sql, 0); blob !== undefined; blob = findUnnamedBlob(sql, blob.id)) {
    const digest = await digestBlob(sql, blob.id, blob.bytes)
    // Its run may have been erased meanwhile, or the database closed.
    if (digest !== null && sql.isOpen) name(database, blob.id, digest)
    if (!sql.isOpen) return
  }
}

/** null when it was deleted meanwhile. */
async function digestBlob(sql: Sql, id: number, length: number): Promise<string | null> {
  const digester = createDigester(length)
  for (let at = 0; at < length;) {
    if (at > 0) await nextTask()
    if (!sql.isOpen || !isThere(sql, id)) return null
    const part = readBlobBytes(sql, id, at)
    await digester.add(part)
    at += part.length
  }
  return digester.digest()
}

function name(database: Database, id: number, digest: string): void {
  const { sql } = database
  if (!isThere(sql, id)) return
  undoOnFailure(database, () => {
    sql.begin()
    const same = findBlob(sql, digest)
    if (same === undefined) {
      sql.run('update blobs set digest = ? where id = ?', digest, id)
      return
    }
    sql.run('update arrays set blob_id = ? where blob_id = ?', same, id)
    deleteBlob(sql, id)
  })
  // Others wait as long as a transaction is open.
  if (isShared(sql)) commit(database, Date.now())
}

function isThere(sql: Sql, id: number): boolean {
  return sql.exists('select 1 from blobs where id = ? and digest is null', [id])
}
