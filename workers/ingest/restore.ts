import { arrivingBlobs } from '../db/blobs.ts'
import type { Database } from '../db/database.ts'
import { applyBatch } from './apply-batch.ts'
import { decodeBatch } from './batch-record.ts'
import { deferArrays, forgetDeferredArrays, placeOfArrays, queueArrays } from './deferred-arrays.ts'
import { NO_DIGESTS } from './large-arrays.ts'

/**
 * Brings memory and open transaction to what was acknowledged: the last commit, then every batch of the log. After a
 * start, and after a failure that left them half done.
 *
 * Cost: reads at most `LOG_MAX_BYTES` and a batch.
 */
export function restore(database: Database): void {
  database.sql.rollback()
  database.points.reload()
  arrivingBlobs(database.sql).clear()
  forgetDeferredArrays(database)
  const now = Date.now()
  database.log?.replay((payload, bulkAt) => {
    // One that was committed before the log began anew is recognised; one of a run erased since is refused. What was
    // acknowledged followed all before it, also where a damaged database lost how far its client was.
    const { batch, isBulk } = decodeBatch(payload)
    const logged = { ...batch, firstUnacknowledged: batch.sequence }
    const { arrays = [] } = batch
    const place = isBulk ? 'log' : placeOfArrays(database, arrays)
    const applied = applyBatch(database, logged, now, place === 'database' ? NO_DIGESTS : 'arrays later')
    if (!applied.ok || !applied.value.wrote) return
    if (place === 'log') deferArrays(database, arrays, bulkAt)
    else if (place === 'queue') queueArrays(database, arrays)
  })
}
