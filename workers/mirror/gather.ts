import { NUMBER } from '../../src/model/column.ts'
import type { PointSection, SectionColumns } from '../../src/model/log-batch.ts'
import type { RunId } from '../../src/model/units.ts'
import { withoutZero } from '../../src/model/without-zero.ts'
import type { RunDetail } from '../../src/protocol/runs-api.ts'
import type { Database } from '../db/database.ts'
import { SLICE_POINTS } from '../formats/contents.ts'
import { toRecord } from '../formats/database-contents.ts'
import { readConsoleLines } from '../read/console.ts'
import { findSeriesId, readPoints } from '../read/read-points.ts'
import { readRun } from '../read/run-detail.ts'
import { readRunSeries } from '../read/series.ts'
import type { Cursor, Cursors } from './cursor.ts'
import { isEmpty, newDraft, toMessage, type Draft } from './draft.ts'
import { fingerprintOf } from './fingerprint.ts'
import { gatherArrays } from './gather-arrays.ts'
import type { TakeMessage } from './messages.ts'

/** Lines of one message: a few hundred kilobytes. */
const MAX_LINES = 1_000

/** More runs in one message would be a long transaction there. */
const MAX_RUNS = 200

/** grown: has more points, arrays or lines than before. changed: anything may be another. */
export type Dirt = 'grown' | 'changed'

/** What is to be sent, and what is known once it has arrived. */
export interface Gathered {
  /** null where there is nothing. */
  readonly message: TakeMessage | null
  /** To be called when all of it is there. */
  advance(): void
  /** Runs of which nothing is left to send then. */
  readonly done: readonly RunId[]
}

/**
 * What the disk does not have of some runs, as much as fits into one message.
 *
 * Cost: reads what is known of each run that changed, and up to 65,536 points and 8 MB of arrays: a few milliseconds.
 */
export function gather(
  database: Database,
  runs: readonly (readonly [RunId, Dirt])[],
  cursors: Cursors,
): Gathered {
  const draft = newDraft()
  const done: RunId[] = []
  for (const [runId, dirt] of runs.slice(0, MAX_RUNS)) {
    const cursor = cursors.get(runId)
    if (cursor === undefined) continue
    if (dirt === 'changed') gatherChange(database, runId, cursor, draft)
    if (!gatherGrowth(database, runId, cursor, draft)) break
    done.push(runId)
  }
  return {
    message: isEmpty(draft) ? null : toMessage(draft),
    advance: () => {
      for (const step of draft.steps) step()
    },
    done,
  }
}

function gatherChange(database: Database, runId: RunId, cursor: Cursor, draft: Draft): void {
  const detail = readRun(database, runId)
  if (detail === undefined) gatherRemoved(database, runId, cursor, draft)
  else gatherRecord(detail, cursor, draft)
}

/** False when some of it did not fit any more. */
function gatherGrowth(database: Database, runId: RunId, cursor: Cursor, draft: Draft): boolean {
  return (
    gatherPoints(database, runId, cursor, draft) &&
    gatherArrays(database, runId, cursor, draft) &&
    gatherLines(database, runId, cursor, draft)
  )
}

/** A run that is in the bin is there too; of one that was erased the disk keeps what it has. */
function gatherRemoved({ sql }: Database, runId: RunId, cursor: Cursor, draft: Draft): void {
  const removedAt = sql.value('select removed_at from runs where id = ?', [runId], NUMBER)
  if (removedAt === undefined || cursor.record === '' || cursor.isRemoved) return
  draft.removed.push({ runId, removedAt })
  draft.steps.push(() => (cursor.isRemoved = true))
}

function gatherRecord(detail: RunDetail, cursor: Cursor, draft: Draft): void {
  const { run, experimentName } = detail
  const record = toRecord(detail)
  const fingerprint = fingerprintOf(record)
  if (fingerprint === cursor.record && !cursor.isRemoved) return
  const experiment = { id: run.experimentId, name: experimentName, notes: '', createdAt: run.startedAt }
  draft.runs.push({ experiment, record })
  draft.steps.push(() => {
    cursor.record = fingerprint
    cursor.isRemoved = false
  })
}

function gatherPoints(database: Database, runId: RunId, cursor: Cursor, draft: Draft): boolean {
  for (const { key, count } of readRunSeries(database, runId)) {
    let from = cursor.series.get(withoutZero(key)) ?? 0
    if (from >= count) continue
    const seriesId = findSeriesId(database, runId, key)
    if (seriesId === undefined) continue
    while (from < count) {
      const room = SLICE_POINTS - draft.points
      if (room <= 0) return false
      const slice = readPoints(database, seriesId, from, Math.min(room, count - from))
      if (slice.steps.length === 0) break
      addSection(draft, { runId, key, count: slice.steps.length }, from, slice)
      from += slice.steps.length
      const reached = from
      draft.steps.push(() => cursor.series.set(withoutZero(key), reached))
    }
  }
  return true
}

function addSection(
  draft: Draft,
  section: PointSection,
  from: number,
  { steps, values, times }: SectionColumns,
): void {
  draft.sections.push(section)
  draft.pointsFrom.push(from)
  draft.columns.push(steps, values, times)
  draft.points += section.count
}

function gatherLines({ sql }: Database, runId: RunId, cursor: Cursor, draft: Draft): boolean {
  const room = MAX_LINES - draft.lines
  if (room <= 0) return false
  const lines = readConsoleLines(sql, runId, cursor.lines, room)
  if (lines.length === 0) return true
  const { lines: from } = cursor
  draft.consoles.push({ runId, from, lines })
  draft.lines += lines.length
  draft.steps.push(() => (cursor.lines = from + lines.length))
  return lines.length < room
}
