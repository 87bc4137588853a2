import type { RunEvent } from '../../model/run.ts'
import type { Step } from '../../model/units.ts'
import type { Traffic } from '../create-uplink.ts'
import type { LogOptions, Metrics } from '../metric-log.ts'

/** The part of TensorFlow.js whose memory and graphics context are watched: pass the module `tf` itself. */
export interface TfSystem {
  memory(): object
  backend(): object
}

export interface SystemOptions {
  /** How often. Unit: milliseconds, from 500 to 60,000; 2,000 when left out. */
  readonly everyMs?: number
  readonly tf?: TfSystem
}

/** A run whose `log` can be watched. */
export interface LoggingRun {
  log(metrics: Metrics, options?: LogOptions): void
}

/** The run that is captured. */
export interface SystemTarget {
  readonly run: LoggingRun
  readonly lastStep: () => Step | null
  /** Logs at the last step, which stays the last one. */
  readonly log: (values: Readonly<Record<string, number>>) => void
  readonly addEvent: (event: RunEvent) => void
  readonly traffic: () => Traffic
}

/** What is read at every sample: names under `system/` and finite numbers. */
export type Reading = Readonly<Record<string, number | undefined>>
