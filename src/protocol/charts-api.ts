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
export interface SeriesColumns {
  readonly runId: readonly RunId[]
  readonly key: readonly string[]
  readonly count: Float64Array
  readonly firstStep: Float64Array
  readonly lastStep: Float64Array
  readonly minStep: Float64Array
  readonly maxStep: Float64Array
  readonly firstTime: Float64Array
  readonly lastTime: Float64Array
  readonly first: Float64Array
  readonly last: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  readonly mean: Float64Array
  readonly nanCount: Float64Array
  readonly posInfCount: Float64Array
  readonly negInfCount: Float64Array
}
