import type { EventKind } from '../model/run.ts'
import type { RunId } from '../model/units.ts'
import type { DatabaseId } from './database-id.ts'

/** checkpoint: an artifact that was made at a step. */
export type ChartEventKind = EventKind | 'checkpoint'

/** What happened to several runs, as charts show it. */
export interface EventsRequest {
  readonly database: DatabaseId
  /** Those after the first MAX_EVENT_RUNS are left out. */
  readonly runIds: readonly RunId[]
}

/** More runs than this are not told apart by what happened to them. */
export const MAX_EVENT_RUNS = 64

/** Of all runs together, the newest of each run first to be kept: more marks than pixels tell nothing. */
export const MAX_EVENTS_READ = 2_000

/** Letters of what is said of one; a chart has room for a line. */
export const MAX_EVENT_TEXT = 200

/**
 * Shape: one entry an event in every column, by run, then time. `until`: NaN for a moment. `step` and `untilStep`: how far
 * the run was then, found among its points where nobody said it; NaN before the first.
 */
export interface EventColumns {
  readonly runId: readonly RunId[]
  readonly kind: readonly ChartEventKind[]
  readonly text: readonly string[]
  readonly time: Float64Array
  readonly until: Float64Array
  readonly step: Float64Array
  readonly untilStep: Float64Array
}
