import { EVENT_ROW } from './run-detail.ts'
import { oneOf } from '../../src/model/column.ts'
import { EVENT_KINDS } from '../../src/model/run.ts'
import type { RunId } from '../../src/model/units.ts'
import {
  MAX_EVENT_RUNS,
  MAX_EVENT_TEXT,
  MAX_EVENTS_READ,
  type ChartEventKind,
  type EventColumns,
  type EventsRequest,
} from '../../src/protocol/run-events.ts'
import type { Database } from '../db/database.ts'
import { stepLookup } from './step-at-time.ts'

interface EventRow {
  readonly runId: RunId
  readonly kind: ChartEventKind
  readonly text: string
  readonly time: number
  readonly until: number
  readonly step: number
  readonly untilStep: number
}

/** The newest of a run: what was said of it, and what it made at a step. */
const READ = `select time, kind, text, until, step from (
    select e.time, e.kind, substr(e.text, 1, ?3) as text, e.until, e.step
    from events e join runs r on r.id = e.run_id where e.run_id = ?1 and r.removed_at is null
    union all
    select a.created_at, 'checkpoint', substr(a.name, 1, ?3) || ':v' || a.version, null, a.step
    from artifacts a join runs r on r.id = a.run_id
    where a.run_id = ?1 and a.step is not null and a.removed_at is null and r.removed_at is null
  ) order by time desc limit ?2`

const HAPPENED = {
  ...EVENT_ROW,
  kind: oneOf<ChartEventKind>([...EVENT_KINDS, 'checkpoint'], 'mark'),
} as const

/** What happened to runs, and how far they were then. Cost: bounded by MAX_EVENTS_READ. */
export function readEventColumns(database: Database, { runIds }: EventsRequest): EventColumns {
  const runs = [...new Set(runIds)].slice(0, MAX_EVENT_RUNS)
  const most = Math.floor(MAX_EVENTS_READ / Math.max(1, runs.length))
  const rows = runs.flatMap((runId) => readEventsOf(database, runId, most))
  return {
    runId: rows.map(({ runId }) => runId),
    kind: rows.map(({ kind }) => kind),
    text: rows.map(({ text }) => text),
    time: Float64Array.from(rows, ({ time }) => time),
    until: Float64Array.from(rows, ({ until }) => until),
    step: Float64Array.from(rows, ({ step }) => step),
    untilStep: Float64Array.from(rows, ({ untilStep }) => untilStep),
  }
}

function readEventsOf(database: Database, runId: RunId, most: number): readonly EventRow[] {
  const stepAt = stepLookup(database, runId)
  const rows = database.sql.map(READ, [runId, most, MAX_EVENT_TEXT], HAPPENED, (row) => {
    const { time, text, kind, until, step: said } = row
    if (until === null)
      return { runId, kind, text, time, until: Number.NaN, step: said ?? stepAt(time), untilStep: Number.NaN }
    // What is said of something that lasted is said when it is over.
    const untilStep = said ?? stepAt(until)
    const from = stepAt(time)
    return { runId, kind, text, time, until, step: from > untilStep ? untilStep : from, untilStep }
  })
  return rows.toReversed()
}
