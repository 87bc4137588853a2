/** The public face of the package `kymo`. */
export { init } from './run.ts'
export type { Durability, Run } from './run.ts'
export type { RunOptions } from './run-options.ts'
export type { LogOptions, Metrics } from './metric-log.ts'
export type { Result } from '../model/result.ts'
export type { EndStatus, Params, RunStatus } from '../model/run.ts'
export type { TrackerError, TrackerErrorCode } from '../protocol/tracker-error.ts'
export { onTrackerProblem, trackerProblem } from './uplink.ts'
