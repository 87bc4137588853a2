import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { FilterProblem } from '../../filter/syntax.ts'
import type { RunStatus } from '../../model/run.ts'
import type { ExperimentId, RunId, UnixMs } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { RunColumns } from '../../protocol/runs-api.ts'
import { makeCoalesced, makePaced } from '../tracker/coalesce.ts'
import { runStyle, type RunStyle } from './run-colors.ts'
import { shownFailure } from '../tracker/shown-failure.ts'
import type { Tracker } from '../tracker/tracker.ts'

export interface RunRow {
  readonly id: RunId
  readonly name: string
  readonly status: RunStatus
  readonly startedAt: UnixMs
  /** null while running. */
  readonly endedAt: UnixMs | null
  readonly color: string | null
  readonly refusedCount: number
  readonly style: RunStyle
}

export interface RunsState {
  /** Those that match the filter, newest start first; undefined until the first answer. An unchanged run keeps its object. */
  readonly runs: Accessor<readonly RunRow[] | undefined>
  readonly failure: Accessor<string | null>
  /** What is wrong with the filter; the runs are those of the last one that was right. */
  readonly problem: Accessor<FilterProblem | null>
  style(id: RunId): RunStyle
  refresh(): void
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
  const [failure, setFailure] = createSignal<string | null>(null)
  const [problem, setProblem] = createSignal<FilterProblem | null>(null)
  const rowsById = createMemo(() => new Map((runs() ?? []).map((run) => [run.id, run])))

  const refresh = makeCoalesced(async () => {
    const asked = filter()
    const answer = await tracker.api.readRuns({ database, experimentId, filter: asked })
    if (asked !== filter()) return
    if (answer.ok) {
      setFailure(null)
      setProblem(null)
      setRuns((known) => toRows(answer.value, known ?? []))
      return
    }
    const { message, at } = answer.error
    if (at === undefined) {
      setFailure(shownFailure(answer.error))
      return
    }
    setProblem({ ...at, message })
    // A link may carry a wrong filter: then there are no last good runs.
    if (runs() !== undefined) return
    const all = await tracker.api.readRuns({ database, experimentId })
    if (all.ok) setRuns(toRows(all.value, []))
  })
  const refreshSometimes = makePaced(async () => refresh(), FILTER_PAUSE_MS)
  createEffect(on(filter, refresh))

  onCleanup(
    tracker.onEvent((event) => {
      if (event.type === 'runsChanged' && event.database === database) refresh()
      if (event.type === 'seriesGrew' && event.database === database && filter() !== '') refreshSometimes()
      // A new owner of the database may have announced what we did not hear.
      if (event.type === 'storageChanged') refresh()
    }),
  )
  return {
    runs,
    failure,
    problem,
    style: (id) => rowsById().get(id)?.style ?? PLAIN_STYLE,
    refresh,
  }
}

/** Rows for the columns; a row that did not change is the row known before, so that lists leave it alone. */
export function toRows(columns: RunColumns, known: readonly RunRow[]): readonly RunRow[] {
  const knownById = new Map(known.map((row) => [row.id, row]))
  return columns.id.map((id, index) => {
    const endedAt = columns.endedAt[index] ?? Number.NaN
    const row: RunRow = {
      id,
      name: columns.name[index] ?? '',
      status: columns.status[index] ?? 'killed',
      startedAt: columns.startedAt[index] ?? 0,
      endedAt: Number.isNaN(endedAt) ? null : endedAt,
      color: columns.color[index] ?? null,
      refusedCount: columns.refusedCount[index] ?? 0,
      style: runStyle(columns.place[index] ?? 0, columns.color[index] ?? null),
    }
    const before = knownById.get(id)
    return before !== undefined && isSameRow(before, row) ? before : row
  })
}

function isSameRow(a: RunRow, b: RunRow): boolean {
  return (
    a.name === b.name &&
    a.status === b.status &&
    a.startedAt === b.startedAt &&
    a.endedAt === b.endedAt &&
    a.color === b.color &&
    a.refusedCount === b.refusedCount
  )
}
