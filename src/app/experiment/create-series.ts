import { createMemo, createSignal, onCleanup, type Accessor } from 'solid-js'
import type { SeriesSummary } from '../../model/series.ts'
import type { ExperimentId, RunId } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { makePaced } from '../tracker/coalesce.ts'
import { replaceSeries, type SeriesTable } from './series-table.ts'
import type { Tracker } from '../tracker/tracker.ts'

export interface SeriesState {
  readonly table: Accessor<SeriesTable>
  /** Every metric of the experiment, in order of name. */
  readonly keys: Accessor<readonly string[]>
  readonly loaded: Accessor<boolean>
  summary(runId: RunId, key: string): SeriesSummary | undefined
}

/** Numbers in lists may lag the curves a little; this keeps a fast training from re-reading them at every frame. */
const PAUSE_MS = 150

/** The summaries of every metric of an experiment, live: only runs that grew are read again. */
export function createSeries(
  tracker: Tracker,
  database: DatabaseId,
  experimentId: ExperimentId,
): SeriesState {
  const [table, setTable] = createSignal<SeriesTable>(new Map())
  const [loaded, setLoaded] = createSignal(false)
  /** null: everything. */
  let dirty: Set<RunId> | null = null

  const refresh = makePaced(async () => {
    if (dirty?.size === 0) return
    const runIds = dirty === null ? null : [...dirty]
    dirty = new Set()
    const answer = await tracker.api.readSeries({ database, experimentId, runIds, keys: null })
    if (!answer.ok) {
      dirty = null
      return
    }
    setTable((known) => replaceSeries(known, runIds, answer.value))
    setLoaded(true)
  }, PAUSE_MS)
  refresh()

  onCleanup(
    tracker.onEvent((event) => {
      if (event.type === 'storageChanged') {
        dirty = null
        refresh()
      }
      if (event.type !== 'seriesGrew' && event.type !== 'runsChanged') return
      if (event.database !== database) return
      for (const id of event.runIds) dirty?.add(id)
      if (event.runIds.length === 0) dirty = null
      refresh()
    }),
  )

  const keys = createMemo<readonly string[]>(
    () => {
      const known = new Set<string>()
      for (const metrics of table().values()) for (const key of metrics.keys()) known.add(key)
      return [...known].toSorted()
    },
    [],
    { equals: (a, b) => a.length === b.length && a.every((key, index) => key === b[index]) },
  )
  return { table, keys, loaded, summary: (runId, key) => table().get(runId)?.get(key) }
}
