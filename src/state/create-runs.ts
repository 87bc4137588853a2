import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { RunStatus } from '../model/run.ts'
import type { ExperimentId, RunId, UnixMs } from '../model/units.ts'
import type { DatabaseId, RunColumns } from '../protocol/tracker-api.ts'
import { makeCoalesced } from './coalesce.ts'
import { assignRunStyles, type RunStyle } from './run-colors.ts'
import { shownFailure } from './shown-failure.ts'
import type { Tracker } from './tracker.ts'

export interface RunRow {
  readonly id: RunId
  readonly name: string
  readonly status: RunStatus
  readonly startedAt: UnixMs
  /** null while running. */
  readonly endedAt: UnixMs | null
  readonly color: string | null
  readonly refusedCount: number
}

export interface RunsState {
  /** Newest start first; undefined until the first answer. An unchanged run keeps its object. */
  readonly runs: Accessor<readonly RunRow[] | undefined>
  readonly failure: Accessor<string | null>
  style(id: RunId): RunStyle
  refresh(): void
}

const PLAIN_STYLE: RunStyle = { color: 'series-1', stroke: 0 }

/** The runs of one experiment, live. */
export function createRuns(tracker: Tracker, database: DatabaseId, experimentId: ExperimentId): RunsState {
  const [runs, setRuns] = createSignal<readonly RunRow[]>()
  const [failure, setFailure] = createSignal<string | null>(null)
  const [styles, setStyles] = createSignal<ReadonlyMap<RunId, RunStyle>>(new Map())
  let places: ReadonlyMap<RunId, number> = new Map()

  const refresh = makeCoalesced(async () => {
    const answer = await tracker.api.readRuns({ database, experimentId })
    if (!answer.ok) {
      setFailure(shownFailure(answer.error))
      return
    }
    setFailure(null)
    setRuns((known) => toRows(answer.value, known ?? []))
  })
  refresh()

  const identity = createMemo(() => (runs() ?? []).map((run) => `${run.id} ${run.color ?? ''}`).join('\n'))
  createEffect(
    on(identity, () => {
      const assigned = assignRunStyles(runs() ?? [], places)
      places = assigned.places
      setStyles(assigned.styles)
    }),
  )

  onCleanup(
    tracker.onEvent((event) => {
      if (event.type === 'runsChanged' && event.database === database) refresh()
      // A new owner of the database may have announced what we did not hear.
      if (event.type === 'storageChanged') refresh()
    }),
  )
  return { runs, failure, style: (id) => styles().get(id) ?? PLAIN_STYLE, refresh }
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
