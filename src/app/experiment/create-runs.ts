import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { FilterProblem } from '../../filter/syntax.ts'
import { ok, type Result } from '../../model/result.ts'
import type { ParamChange, ParamChanges, RunStatus } from '../../model/run.ts'
import type { ExperimentId, RunId, UnixMs } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { RunColumns } from '../../protocol/runs-api.ts'
import type { TrackerError } from '../../protocol/tracker-error.ts'
import { changeOf } from '../shell/json-words.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
import { runStyle, type RunStyle } from './run-colors.ts'
import { runLabels } from './run-labels.ts'
import type { Tracker } from '../tracker/tracker.ts'

export interface RunRow {
  readonly id: RunId
  readonly name: string
  /** Its name among others: told apart from those of the same name. */
  readonly label: string
  readonly status: RunStatus
  readonly startedAt: UnixMs
  /** null while running. */
  readonly endedAt: UnixMs | null
  readonly color: string | null
  readonly refusedCount: number
  /** What was set while it ran; null where nothing was. */
  readonly paramChanges: ParamChanges | null
  readonly style: RunStyle
}

export interface RunsState {
  /** Those that match the filter, newest start first; undefined until the first answer. An unchanged run keeps its object. */
  readonly runs: Accessor<readonly RunRow[] | undefined>
  readonly failure: Accessor<string | null>
  /**
   * The filter these runs match: the last one that was right; undefined until the first answer. Whatever else is asked of
   * the same runs is asked with it: what is wrong with a filter is found out once, here.
   */
  readonly matched: Accessor<string | undefined>
  /** What is wrong with the filter that was written; the runs are those of `matched`. */
  readonly problem: Accessor<FilterProblem | null>
  style(id: RunId): RunStyle
  /** undefined of one that does not match. */
  label(id: RunId): string | undefined
  /** What a param was before it was set while the run ran; undefined where it was not. */
  paramChange(id: RunId, param: string): ParamChange | undefined
  refresh(): void
}

/** What was found: null where the filter is wrong and there are runs of the last one that was right. */
interface Found {
  readonly runs: { readonly matched: string; readonly columns: RunColumns } | null
  readonly problem: FilterProblem | null
}

const PLAIN_STYLE: RunStyle = { color: 'series-1', stroke: 0 }

/** A filter may be about metrics: while they grow it is asked again this often. Unit: milliseconds. */
const FILTER_PAUSE_MS = 1_000

/** The runs of one experiment that match a filter, live. */
export function createRuns(
  tracker: Tracker,
  database: DatabaseId,
  experimentId: ExperimentId,
  filter: Accessor<string>,
): RunsState {
  const [runs, setRuns] = createSignal<readonly RunRow[]>()
  const [matched, setMatched] = createSignal<string>()
  const [problem, setProblem] = createSignal<FilterProblem | null>(null)
  const rowsById = createMemo(() => new Map((runs() ?? []).map((run) => [run.id, run])))

  async function read(): Promise<Result<Found, TrackerError>> {
    const asked = filter()
    const answer = await tracker.api.readRuns({ database, experimentId, filter: asked })
    if (answer.ok) return ok({ runs: { matched: asked, columns: answer.value }, problem: null })
    const { message, at } = answer.error
    if (at === undefined) return answer
    const problem = { ...at, message }
    // A link may carry a wrong filter: then there are no last good runs.
    if (runs() !== undefined) return ok({ runs: null, problem })
    const all = await tracker.api.readRuns({ database, experimentId })
    return all.ok ? ok({ runs: { matched: '', columns: all.value }, problem }) : all
  }

  const { failure, refresh } = createLiveRead(tracker, {
    database,
    on: ['runsChanged', 'seriesGrew'],
    of: ({ type }) => (type === 'seriesGrew' && filter() === '' ? [] : null),
    pauseMs: (type) => (type === 'seriesGrew' ? FILTER_PAUSE_MS : 0),
    query: filter,
    read,
    take(found) {
      setProblem(found.problem)
      if (found.runs === null) return
      const { matched, columns } = found.runs
      // First, so that what else is asked of these runs is under way while they are drawn.
      setMatched(matched)
      setRuns((known) => toRows(columns, known ?? []))
    },
  })
  return {
    runs,
    failure,
    matched,
    problem,
    style: (id) => rowsById().get(id)?.style ?? PLAIN_STYLE,
    label: (id) => rowsById().get(id)?.label,
    paramChange: (id, param) => changeOf(rowsById().get(id)?.paramChanges ?? null, param),
    refresh,
  }
}

/** Rows for the columns; a row that did not change is the row known before, so that lists leave it alone. */
export function toRows(columns: RunColumns, known: readonly RunRow[]): readonly RunRow[] {
  const knownById = new Map(known.map((row) => [row.id, row]))
  const labels = runLabels(columns.id, columns.name)
  return columns.id.map((id, index) => {
    const endedAt = columns.endedAt[index] ?? Number.NaN
    const row: RunRow = {
      id,
      name: columns.name[index] ?? '',
      label: labels[index] ?? '',
      status: columns.status[index] ?? 'killed',
      startedAt: columns.startedAt[index] ?? 0,
      endedAt: Number.isNaN(endedAt) ? null : endedAt,
      color: columns.color[index] ?? null,
      refusedCount: columns.refusedCount[index] ?? 0,
      paramChanges: columns.paramChanges[index] ?? null,
      style: runStyle(columns.place[index] ?? 0, columns.color[index] ?? null),
    }
    const before = knownById.get(id)
    return before !== undefined && isSameRow(before, row) ? before : row
  })
}

function isSameRow(a: RunRow, b: RunRow): boolean {
  return (
    a.name === b.name &&
    a.label === b.label &&
    a.status === b.status &&
    a.startedAt === b.startedAt &&
    a.endedAt === b.endedAt &&
    a.color === b.color &&
    a.refusedCount === b.refusedCount &&
    isSameChange(a.paramChanges, b.paramChanges)
  )
}

function isSameChange(a: ParamChanges | null, b: ParamChanges | null): boolean {
  return a === b || (a !== null && b !== null && JSON.stringify(a) === JSON.stringify(b))
}
