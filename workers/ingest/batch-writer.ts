import type { LogBatch } from '../../src/model/log-batch.ts'
import { nextTask } from '../../src/model/next-task.ts'
import type { Result } from '../../src/model/result.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'
import type { Database } from '../db/database.ts'
import { applyBatch } from './apply-batch.ts'
import type { Applied } from './apply-batch.ts'
import { encodeBatch } from './batch-record.ts'
import { commit, undoOnFailure } from './commit.ts'
import { isLarge } from './digests.ts'
import { parseBatch } from './parse-batch.ts'

/** What a restart must at most read again: 8 MB are applied in about 40 ms. A larger log would write fewer short chunks. */
export const LOG_MAX_BYTES = 8 * 2 ** 20

/** Full chunks are logged up to here, though it writes them twice: a short training is durable sooner. */
const LOGGED_CHUNKS_MAX_BYTES = 2 ** 19

/** More bytes of arrays than this are committed: written once instead of twice. */
const LOGGED_ARRAYS_MAX_BYTES = 2 ** 18

/** Makes batches durable, each by the cheaper of two ways. */
export interface BatchWriter {
  /**
   * Resolves when the batch is durable, one that was written before as well.
   *
   * Errors: those of `applyBatch`. Rejects when the engine or the disk fails; then nothing of the batch happened.
   */
  write(batch: LogBatch, now: number): Promise<Result<Applied, TrackerError>>
  /** Resolves when nothing is applied that may yet be rolled back, so that nobody is shown what is not durable. */
  settled(): Promise<void>
}

/**
 * A small batch is a record of the log: one write, one flush. One whose points mostly became full chunks would be
 * written twice that way, so it is committed, together with those that wait behind it.
 */
export function makeBatchWriter(database: Database): BatchWriter {
  let group: Promise<void> | null = null

  /** Batches that arrive before the next task are in the same commit. */
  function commitSoon(): Promise<void> {
    group ??= commitInTime(database.points.memory.generation)
    return group
  }

  async function commitInTime(generation: number): Promise<void> {
    await nextTask()
    group = null
    if (database.points.memory.generation !== generation) throw new Error(ROLLED_BACK)
    commit(database, Date.now())
  }

  return {
    async settled() {
      for (let pending = group; pending !== null; pending = group) await pending.catch(() => undefined)
    },
    async write(received, now) {
      const parsed = parseBatch(received)
      if (!parsed.ok) return parsed
      const batch = parsed.value
      if (isLogFull(database)) commit(database, now)
      const applied = undoOnFailure(database, () => applyBatch(database, batch, now))
      if (!applied.ok) return applied
      // What is applied must not be acknowledged before what it follows.
      if (group !== null || isWorthCommitting(database, batch, applied.value)) await commitSoon()
      else if (applied.value.wrote) undoOnFailure(database, () => database.log?.append(encodeBatch(batch)))
      return applied
    },
  }
}

const ROLLED_BACK = 'A batch was rolled back together with another one that failed.'

function isLogFull({ log }: Database): boolean {
  return log !== null && log.bytes > LOG_MAX_BYTES
}

function isWorthCommitting({ log }: Database, { points, arrays = [] }: LogBatch, applied: Applied): boolean {
  const { sealedPoints } = applied
  if (log === null || arrays.some(isLarge)) return true
  if (sealedPoints > 0 && sealedPoints * 2 >= points.columns.length / 3) {
    return log.bytes + points.columns.byteLength > LOGGED_CHUNKS_MAX_BYTES
  }
  return arrays.reduce((sum, { bytes }) => sum + bytes.length, 0) > LOGGED_ARRAYS_MAX_BYTES
}
