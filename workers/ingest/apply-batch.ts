import { NUMBER } from '../../src/model/column.ts'
import { runIdsOf } from '../../src/model/log-batch.ts'
import type { LogBatch } from '../../src/model/log-batch.ts'
import { err, ok } from '../../src/model/result.ts'
import type { Result } from '../../src/model/result.ts'
import type { ExperimentId, RunId } from '../../src/model/units.ts'
import { trackerError, unknownRun } from '../../src/protocol/tracker-error.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'
import type { Database } from '../db/database.ts'
import type { Sql } from '../db/sql.ts'
import { applyChanges } from './apply-change.ts'
import { NO_DIGESTS } from './large-arrays.ts'
import type { Digests } from './large-arrays.ts'
import { malformedBatch } from './parse-batch.ts'
import { isRunKnown } from './run-start.ts'
import { whyNoPart } from './uploads.ts'
import { writeArrays } from './write-arrays.ts'

export interface Applied {
  /** The last sequence of the client. */
  readonly sequence: number
  /** False for a batch that was applied before. */
  readonly wrote: boolean
  readonly changedRuns: ReadonlySet<RunId>
  readonly grownRuns: ReadonlySet<RunId>
  /** Those whose arrangement changed, their artifacts too: every change that names its experiment. */
  readonly arranged: ReadonlySet<ExperimentId>
  /** How many of the points went into full chunks at once; the others are in tails. */
  readonly sealedPoints: number
}

/**
 * Applies a batch inside an open transaction, which is begun when there is none. Whoever calls makes it durable.
 *
 * The batch is parsed; `digests` are those of `computeDigests`, or say that the arrays are written by whoever calls. Errors: `batch-malformed`, `sequence-gap`, `unknown-run`; then nothing changed. A failure of the engine is thrown, and
 * leaves memory and transaction half done: see `restore`.
 */
export function applyBatch(
  database: Database,
  batch: LogBatch,
  now: number,
  digests: Digests | 'arrays later' = NO_DIGESTS,
): Result<Applied, TrackerError> {
  const { sql } = database
  const last = lastSequence(database, batch.clientId)
  if (batch.sequence <= last) return ok(known(last))
  if (batch.sequence !== last + 1 && batch.sequence !== batch.firstUnacknowledged) {
    return err(sequenceGap(batch, last))
  }
  const unknown = unknownRunOf(sql, batch)
  if (unknown !== null)
    return err(unknownRun(unknown, 'nothing of the batch was written. Start the run first'))
  const { arrays = [] } = batch
  const wrong = whyNoPart(sql, arrays)
  if (wrong !== null) return err(malformedBatch(wrong))
  sql.begin()
  const changedRuns = new Set<RunId>()
  for (const change of batch.changes) for (const runId of runIdsOf(change)) changedRuns.add(runId)
  const born = applyChanges(sql, batch.changes, batch.lock ?? null)
  const sealedPoints = database.points.append(batch.points, born)
  if (digests !== 'arrays later') writeArrays(sql, arrays, digests)
  sql.run(
    'insert or replace into clients (id, sequence, seen_at) values (?, ?, ?)',
    batch.clientId,
    batch.sequence,
    now,
  )
  const arranged = new Set(
    batch.changes.flatMap((change) =>
      'experimentId' in change && change.experimentId !== undefined ? [change.experimentId] : [],
    ),
  )
  const grownRuns = new Set([...batch.points.sections, ...arrays].map((section) => section.runId))
  return ok({ sequence: batch.sequence, wrote: true, changedRuns, grownRuns, arranged, sealedPoints })
}

function known(sequence: number): Applied {
  return {
    sequence,
    wrote: false,
    changedRuns: new Set(),
    grownRuns: new Set(),
    arranged: new Set(),
    sealedPoints: 0,
  }
}

/** The first run that is spoken of and neither there nor started by the batch before; null when there is none. */
function unknownRunOf(sql: Sql, { changes, points, arrays = [] }: LogBatch): RunId | null {
  const runs = new Set<RunId>()
  const isUnknown = (runId: RunId): boolean => {
    if (runs.has(runId)) return false
    runs.add(runId)
    return !isRunKnown(sql, runId)
  }
  for (const change of changes) {
    if (change.type === 'startRun') runs.add(change.run.id)
    const unknown = runIdsOf(change).find(isUnknown)
    if (unknown !== undefined) return unknown
  }
  return [...points.sections, ...arrays].find(({ runId }) => isUnknown(runId))?.runId ?? null
}

/** 0 for a client that was never heard of. */
function lastSequence({ sql }: Database, clientId: string): number {
  return sql.value('select sequence from clients where id = ?', [clientId], NUMBER) ?? 0
}

function sequenceGap(batch: LogBatch, last: number): TrackerError {
  return trackerError(
    'sequence-gap',
    `Batch ${batch.sequence} of a page came before batch ${last + 1}; it was not written. Send the missing batches first.`,
  )
}
