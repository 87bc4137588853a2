import type { LogBatch } from '../../src/model/log-batch.ts'
import { nextTask } from '../../src/model/event-loop.ts'
import type { Result } from '../../src/model/result.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'
import type { Database } from '../db/database.ts'
import { applyBatch } from './apply-batch.ts'
import type { Applied } from './apply-batch.ts'
import { encodeBatch } from './batch-record.ts'
import { commit, undoOnFailure } from './commit.ts'
import {
  deferArrays,
  hasDeferredArrays,
  placeOfArrays,
  queueArrays,
  writeSomeArrays,
} from './deferred-arrays.ts'
import { isLarge, NO_DIGESTS } from './large-arrays.ts'
import { parseBatch } from './parse-batch.ts'

/** What a restart must at most read again: 8 MB are applied in about 40 ms. A larger log would write fewer short chunks. */
export const LOG_MAX_BYTES = 8 * 2 ** 20

/** Full chunks are logged up to here, though it writes them twice: a short training is durable sooner. */
const LOGGED_CHUNKS_MAX_BYTES = 2 ** 19

/** More bytes of arrays than this are a bulk of the log, or committed. */
const LOGGED_ARRAYS_MAX_BYTES = 2 ** 18

/**
 * Bulks of arrays the log holds before they are in the database. A log that is there already takes them several times as
 * fast as a database that grows; beyond, they are committed at once, written once instead of twice.
 */
export const DEFERRED_MAX_BYTES = 96 * 2 ** 20

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
  /** Resolves when all arrays are in the database. Rejects when they cannot be written for now; they stay in the log. */
  arraysSettled(): Promise<void>
}

/**
 * A small batch is a record of the log: one write, one flush. One whose points mostly became full chunks would be
 * written twice that way, so it is committed, together with those that wait behind it. `inBackground` is handed what
 * nobody waits for.
 */
export function makeBatchWriter(
  database: Database,
  inBackground: (work: Promise<unknown>) => void,
): BatchWriter {
  let group: Promise<void> | null = null
  let writing: Promise<void> | null = null

  /** Batches that arrive before the next task are in the same commit. */
  function commitSoon(): Promise<void> {
    group ??= commitInTime(database.points.generation)
    return group
  }

  async function commitInTime(generation: number): Promise<void> {
    await nextTask()
    group = null
    if (database.points.generation !== generation) throw new Error(ROLLED_BACK)
    commit(database, Date.now())
  }

  /** Moves arrays from the log to the database, a megabyte a turn, so that others are answered meanwhile. */
  function writeArraysSoon(): Promise<void> {
    writing ??= writeArraysInTime().finally(() => {
      writing = null
    })
    return writing
  }

  async function writeArraysInTime(): Promise<void> {
    do await nextTask()
    while (database.sql.isOpen && undoOnFailure(database, () => writeSomeArrays(database)))
    if (database.sql.isOpen && isLogFull(database)) commit(database, Date.now())
  }

  function logBatch(batch: LogBatch, isBulk: boolean): void {
    const { payload, bulk } = encodeBatch(batch, isBulk)
    const bulkAt = database.log?.append(payload, bulk) ?? 0
    if (!isBulk) return
    deferArrays(database, batch.arrays ?? [], bulkAt)
    // What fails stays in the log, and is tried again with the next batch or commit.
    inBackground(writeArraysSoon())
  }

  // What an opening found in the log.
  if (hasDeferredArrays(database)) inBackground(writeArraysSoon())

  return {
    async arraysSettled() {
      while (hasDeferredArrays(database)) await writeArraysSoon()
    },
    async settled() {
      for (let pending = group; pending !== null; pending = group) await pending.catch(() => undefined)
    },
    async write(received, now) {
      const parsed = parseBatch(received)
      if (!parsed.ok) return parsed
      const batch = parsed.value
      if (isLogFull(database)) commit(database, now)
      const { arrays = [] } = batch
      const isBulk = group === null && isWorthDeferring(database, batch)
      const applied = undoOnFailure(database, () => {
        const place = isBulk ? 'log' : placeOfArrays(database, arrays)
        const result = applyBatch(database, batch, now, place === 'database' ? NO_DIGESTS : 'arrays later')
        if (place === 'queue' && result.ok && result.value.wrote) queueArrays(database, arrays)
        return result
      })
      if (!applied.ok) return applied
      // What is applied must not be acknowledged before what it follows.
      if (!isBulk && (group !== null || isWorthCommitting(database, batch, applied.value))) await commitSoon()
      else if (applied.value.wrote) undoOnFailure(database, () => logBatch(batch, isBulk))
      return applied
    },
  }
}

const ROLLED_BACK = 'A batch was rolled back together with another one that failed.'

/** Bulks count as long as they are not in the database; a restart notes them in no time. */
function isLogFull(database: Database): boolean {
  const { log } = database
  if (log === null) return false
  return log.payloadBytes > LOG_MAX_BYTES || (log.bytes > LOG_MAX_BYTES && !hasDeferredArrays(database))
}

/** Whether the arrays of a batch go into the log first and into the database when there is time. */
function isWorthDeferring({ log }: Database, { arrays = [] }: LogBatch): boolean {
  if (log === null || arrays.some(({ part }) => part !== undefined)) return false
  const bytes = arrays.reduce((sum, section) => sum + section.bytes.length, 0)
  if (bytes <= LOGGED_ARRAYS_MAX_BYTES && !arrays.some(isLarge)) return false
  return log.bytes + bytes <= DEFERRED_MAX_BYTES
}

function isWorthCommitting({ log }: Database, { points, arrays = [] }: LogBatch, applied: Applied): boolean {
  const { sealedPoints } = applied
  if (log === null || arrays.some(isLarge)) return true
  if (sealedPoints > 0 && sealedPoints * 2 >= points.columns.length / 3) {
    return log.bytes + points.columns.byteLength > LOGGED_CHUNKS_MAX_BYTES
  }
  return arrays.reduce((sum, { bytes }) => sum + bytes.length, 0) > LOGGED_ARRAYS_MAX_BYTES
}
