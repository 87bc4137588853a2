import type { LogBatch } from '../../src/model/log-batch.ts'
import type { Result } from '../../src/model/result.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'
import type { Database } from '../db/database.ts'
import { applyBatch } from './apply-batch.ts'
import type { Applied } from './apply-batch.ts'
import { commit, undoOnFailure } from './commit.ts'

/**
 * Applies a batch and commits it: all of it is durable when this returns, or nothing of it happened.
 *
 * Errors: those of `applyBatch`. A failure of the engine is thrown as `SqlError`.
 */
export function ingestBatch(database: Database, batch: LogBatch, now: number): Result<Applied, TrackerError> {
  const applied = undoOnFailure(database, () => applyBatch(database, batch, now))
  if (applied.ok) commit(database, now)
  return applied
}
