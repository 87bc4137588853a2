import type { Statistic } from '../model/series.ts'
import type { ExperimentId, RunId } from '../model/units.ts'
import type { CallsOf } from './call-kind.ts'
import type { DatabaseId } from './database-id.ts'
import type { Outcome } from './outcome.ts'
import type { EventColumns, EventsRequest } from './run-events.ts'
import type { WindowRequest, WindowsAnswer } from './windows.ts'

/** What charts show: which series there are, windows of them, and what happened meanwhile. */
export interface ChartsApi {
  readSeries(request: SeriesRequest): Outcome<SeriesColumns>
  readWindows(request: WindowRequest): Outcome<WindowsAnswer>
  /** What happened to runs besides their points. */
  readEvents(request: EventsRequest): Outcome<EventColumns>
}

export const CHARTS_CALLS = {
  readSeries: 'again',
  readWindows: 'again',
  readEvents: 'again',
} as const satisfies CallsOf<ChartsApi>

export interface SeriesRequest {
  readonly database: DatabaseId
  readonly experimentId: ExperimentId
  /** null for all runs of the experiment. */
  readonly runIds: readonly RunId[] | null
  /** null for all metrics. */
  readonly keys: readonly string[] | null
}

/** The columns of SeriesSummary. Shape: one entry per series, ordered by key, then run start. */
export interface SeriesColumns extends Readonly<Record<Statistic, Float64Array>> {
  readonly runId: readonly RunId[]
  readonly key: readonly string[]
}
