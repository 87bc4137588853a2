import { sectionColumns } from '../../src/model/log-batch.ts'
import type { LogBatch, PointColumns } from '../../src/model/log-batch.ts'
import { err, ok } from '../../src/model/result.ts'
import type { Result } from '../../src/model/result.ts'
import type { RunId } from '../../src/model/units.ts'
import { trackerError } from '../../src/protocol/tracker-error.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'
import type { Database } from '../db/database.ts'
import { encodePending } from '../db/points/pending-row.ts'
import type { PendingSection } from '../db/points/pending-row.ts'
import { writeSeries } from '../db/points/series-rows.ts'
import type { SeriesState } from '../db/points/series-state.ts'
import { appendPoints } from './append-points.ts'
import { applyChange, runIdsOf, unknownRunOf } from './apply-change.ts'
import { checkpoint, isCheckpointDue } from './checkpoint.ts'
import { parseBatch } from './parse-batch.ts'
import { isRunKnown } from './run-start.ts'

export interface Ingested {
  /** The last committed sequence of the client. */
  readonly sequence: number
  /** False for a batch that was committed before. */
  readonly wrote: boolean
  readonly changedRuns: ReadonlySet<RunId>
  readonly grownRuns: ReadonlySet<RunId>
}

/**
 * Commits a batch in one transaction: all of it is durable when this returns, or nothing of it happened.
 *
 * Errors: `batch-malformed`, `sequence-gap`, `unknown-run`. A failure of the engine is thrown as `SqlError`.
 */
export function ingestBatch(
  database: Database,
  received: LogBatch,
  now: number,
): Result<Ingested, TrackerError> {
  const parsed = parseBatch(received)
  if (!parsed.ok) return parsed
  const batch = parsed.value
  const { sql, points } = database
  const last = lastSequence(database, batch.clientId)
  if (batch.sequence <= last)
    return ok({ sequence: last, wrote: false, changedRuns: new Set(), grownRuns: new Set() })
  if (batch.sequence !== last + 1 && batch.sequence !== batch.firstUnacknowledged) {
    return err(sequenceGap(batch, last))
  }
  try {
    return ok(sql.transaction(() => commit(database, batch, now)))
  } catch (cause) {
    // Unknown runs are noticed before the memory changes.
    if (cause instanceof UnknownRun) return err(unknownRun(cause.runId))
    // The rows are rolled back; the tails and stats in memory follow them.
    points.memory.reload()
    throw cause
  }
}

/** Leaves the transaction from where it is noticed. */
class UnknownRun extends Error {
  readonly runId: RunId

  constructor(runId: RunId) {
    super(`There is no run ${runId}.`)
    this.runId = runId
  }
}

function commit(database: Database, batch: LogBatch, now: number): Ingested {
  const { sql } = database
  const changedRuns = new Set<RunId>()
  for (const change of batch.changes) {
    const unknown = unknownRunOf(sql, change)
    if (unknown !== null) throw new UnknownRun(unknown)
    applyChange(sql, change)
    for (const runId of runIdsOf(change)) changedRuns.add(runId)
  }
  const grownRuns = new Set(batch.points.sections.map((section) => section.runId))
  for (const runId of grownRuns) if (!isRunKnown(sql, runId)) throw new UnknownRun(runId)
  writePoints(database, batch.points)
  sql.run(
    'insert or replace into clients (id, sequence, seen_at) values (?, ?, ?)',
    batch.clientId,
    batch.sequence,
    now,
  )
  if (isCheckpointDue(database)) checkpoint(database, now)
  return { sequence: batch.sequence, wrote: true, changedRuns, grownRuns }
}

function writePoints(database: Database, { sections, columns }: PointColumns): void {
  const { sql, points } = database
  const touched = new Set<SeriesState>()
  const pending: PendingSection[] = []
  let offset = 0
  for (const { runId, key, count } of sections) {
    const part = sectionColumns(columns, offset, count)
    offset += 3 * count
    if (count === 0) continue
    const state = points.memory.find(runId, key) ?? points.memory.create(runId, key)
    const rest = appendPoints(sql, points.memory, state, part)
    if (rest !== null) pending.push(rest)
    touched.add(state)
  }
  for (const state of touched) {
    if (state.stats !== null) writeSeries(sql, state.id, state.runId, state.key, state.stats)
  }
  writePending(database, pending, columns)
}

function writePending(
  { sql, points: { memory } }: Database,
  sections: readonly PendingSection[],
  columns: Float64Array,
): void {
  if (sections.length === 0) return
  const blobs = encodePending(sections, columns)
  sql.run(
    'insert into pending (id, sections, points) values (?, ?, ?)',
    memory.nextPendingId(),
    blobs.sections,
    blobs.points,
  )
  memory.pendingBytes += blobs.sections.length + blobs.points.length
}

/** 0 for a client that never committed. */
function lastSequence({ sql }: Database, clientId: string): number {
  return sql.first('select sequence from clients where id = ?', [clientId], (row) => row.number(0)) ?? 0
}

function sequenceGap(batch: LogBatch, last: number): TrackerError {
  return trackerError(
    'sequence-gap',
    `Batch ${batch.sequence} of a page came before batch ${last + 1}; it was not written. Send the missing batches first.`,
  )
}

function unknownRun(runId: RunId): TrackerError {
  return trackerError(
    'unknown-run',
    `There is no run ${runId} in this database, so nothing of the batch was written. Start the run first.`,
  )
}
