import type { ExperimentId, UnixMs } from './units.ts'

/** A named group of runs. */
export interface Experiment {
  readonly id: ExperimentId
  readonly name: string
  readonly notes: string
  readonly createdAt: UnixMs
}
