import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { SeriesSummary } from '../../model/series.ts'
import type { ExperimentId, RunId } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
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

  createLiveRead(tracker, {
    database,
    on: ['seriesGrew', 'runsChanged'],
    of: ({ runIds }) => runIds,
    pauseMs: PAUSE_MS,
    read: (runIds) => tracker.api.readSeries({ database, experimentId, runIds, keys: null }),
    take(columns, runIds) {
      setTable((known) => replaceSeries(known, runIds, columns))
      setLoaded(true)
    },
  })

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
