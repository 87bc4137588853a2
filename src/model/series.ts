import type { RunId, Step, UnixMs } from './units.ts'

/**
 * Everything known of one metric of one run without reading its points.
 *
 * `min`, `max` and `mean` are over finite values and NaN when there is none; `first` and `last` are the first and the
 * last logged value whatever it is.
 */
export interface SeriesSummary {
  readonly runId: RunId
  readonly key: string
  readonly count: number
  readonly firstStep: Step
  readonly lastStep: Step
  readonly minStep: Step
  readonly maxStep: Step
  readonly firstTime: UnixMs
  readonly lastTime: UnixMs
  readonly first: number
  readonly last: number
  readonly min: number
  readonly max: number
  readonly mean: number
  readonly nanCount: number
  readonly posInfCount: number
  readonly negInfCount: number
}
