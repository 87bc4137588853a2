import type { LogBatch } from '../../src/model/log-batch.ts'
import type { Result } from '../../src/model/result.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'
import type { Database } from '../db/database.ts'
import { applyBatch } from './apply-batch.ts'
import type { Applied } from './apply-batch.ts'
import { commit, undoOnFailure } from './commit.ts'
import { NO_DIGESTS } from './large-arrays.ts'
import type { Digests } from './large-arrays.ts'
import { parseBatch } from './parse-batch.ts'

/**
 * Applies a batch and commits it: all of it is durable when this returns, or nothing of it happened.
 *
 * Errors: those of `parseBatch` and `applyBatch`. A failure of the engine is thrown as `SqlError`.
 */
export function ingestBatch(
  database: Database,
  received: LogBatch,
  now: number,
  digests: Digests = NO_DIGESTS,
): Result<Applied, TrackerError> {
  const batch = parseBatch(received)
  if (!batch.ok) return batch
  const applied = undoOnFailure(database, () => applyBatch(database, batch.value, now, digests))
  if (applied.ok) commit(database, now)
  return applied
}
