import type { Run } from '../client/run.ts'
import type { RunOptions } from '../client/run-options.ts'
import type { Params } from '../model/run.ts'
import type { RunId } from '../model/units.ts'
import type { EarlyStopRule } from './early-stopper.ts'

/** stopped: by the early stopper. cancelled: by the user, so it has no result and is tried again when the sweep goes on. */
export const TRIAL_STATUSES = ['running', 'finished', 'stopped', 'failed', 'cancelled'] as const
export type TrialStatus = (typeof TRIAL_STATUSES)[number]

/** One try of a sweep. */
export interface Trial {
  /** From 1. */
  readonly number: number
  readonly params: Params
  readonly status: TrialStatus
  /** What the trial is judged by; NaN while it runs, and where there is no number. */
  readonly value: number
  /** null until its run has started. */
  readonly runId: RunId | null
  /** Why it was stopped or failed; else empty. */
  readonly reason: string
}

/** Which end of the metric is the good one. */
export type SweepDirection = 'min' | 'max'

/** What an objective is given besides its params. */
export interface TrialContext {
  /** The run of this trial. What is logged under the name of the metric of the sweep counts as reported. */
  readonly run: Run
  /** Logs the metric of the sweep, and asks whether the trial is worth going on with: look at `signal` afterwards. */
  report(value: number, step?: number): void
  /** Aborted when the trial should end. One that goes on all the same is waited for. */
  readonly signal: AbortSignal
}

/**
 * One trial: trains with the params and gives the value it is judged by, else its best report is taken. What it throws
 * makes the trial failed, and the sweep goes on.
 */
export type Objective<P> = (params: P, context: TrialContext) => unknown

/** Everything a lane needs to run a trial; crosses to a worker. */
export interface TrialOrder {
  readonly params: Params
  readonly metric: string
  readonly direction: SweepDirection
  readonly options: Pick<RunOptions, 'experiment' | 'name' | 'group' | 'jobType' | 'environment'> & {
    readonly tags: Readonly<Record<string, string>>
  }
}

/** How a trial ended. */
export interface TrialOutcome {
  readonly status: Exclude<TrialStatus, 'running'>
  readonly value: number
  readonly reason: string
}

/** Why a trial is told to stop. */
export interface StopOrder {
  readonly by: EarlyStopRule | 'cancelled'
  readonly words: string
}

/** Hears of a trial while it runs. */
export interface TrialListener {
  onStarted(runId: RunId): void
  onReport(value: number, step: number): void
}

/** Of two values the better one; NaN is worse than any, and so is what is infinite. */
export function isBetter(value: number, than: number, direction: SweepDirection): boolean {
  return lossOf(value, direction) < lossOf(than, direction)
}

/** A value as a loss: smaller is better, and Infinity where there is no finite number. */
export function lossOf(value: number, direction: SweepDirection): number {
  if (!Number.isFinite(value)) return Infinity
  return direction === 'min' ? value : -value
}
