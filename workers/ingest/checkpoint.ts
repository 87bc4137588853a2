import type { Database } from '../db/database.ts'
import { writeSomeArrays } from './deferred-arrays.ts'

/** A client that has not been heard of for a month will not resend. */
const CLIENT_KEPT_MS = 30 * 24 * 3_600_000

/**
 * Writes the arrays that wait and all points that are in memory only, so that the database holds all there is. Inside a
 * transaction.
 *
 * Cost: that of `PointStore.checkpoint`, and up to `DEFERRED_MAX_BYTES` of arrays. When the transaction fails: see `restore`.
 */
export function checkpoint(database: Database, now: number): void {
  const { sql, points } = database
  while (writeSomeArrays(database));
  points.checkpoint()
  sql.run('delete from clients where seen_at < ?', now - CLIENT_KEPT_MS)
}
