import { err, ok, type Result } from '../model/result.ts'
import type { SweepPlan } from './sweep-options.ts'
import { isBetter, type SweepDirection, type Trial } from './trial.ts'

/** Where a sweep stands. */
export interface SweepProgress {
  readonly state: 'running' | 'paused' | 'ended'
  /** How many trials there are to be. */
  readonly runs: number
  /** Those that have ended, well or not. */
  readonly done: number
  readonly running: number
  readonly stopped: number
  readonly failed: number
  /** Of those that ended with a finite value; null when there is none. */
  readonly best: Trial | null
}

/** What a sweep came to. */
export interface SweepEnd {
  /** In order of their numbers. */
  readonly trials: readonly Trial[]
  readonly best: Trial | null
  /** Some trials are missing, because `cancel` was called. */
  readonly isCancelled: boolean
}

export function progressOf(
  trials: Iterable<Trial>,
  { runs, direction }: Pick<SweepPlan, 'runs' | 'direction'>,
  state: SweepProgress['state'],
): SweepProgress {
  const all = [...trials]
  const count = (status: Trial['status']): number => all.filter((trial) => trial.status === status).length
  const running = count('running')
  return {
    state,
    runs,
    done: all.length - running - count('cancelled'),
    running,
    stopped: count('stopped'),
    failed: count('failed'),
    best: bestTrial(all, direction),
  }
}

/** The trial with the best value, the first of equals; null when none has a finite one. */
export function bestTrial(trials: readonly Trial[], direction: SweepDirection): Trial | null {
  let best: Trial | null = null
  for (const trial of trials) {
    if (trial.status !== 'finished' && trial.status !== 'stopped') continue
    if (isBetter(trial.value, best?.value ?? Number.NaN, direction)) best = trial
  }
  return best
}

/** Errors: a sentence when not one trial of a whole sweep gave a number. */
export function endOf(
  trials: readonly Trial[],
  { direction, metric }: Pick<SweepPlan, 'direction' | 'metric'>,
  isCancelled: boolean,
): Result<SweepEnd, string> {
  const sorted = trials.toSorted((a, b) => a.number - b.number)
  const best = bestTrial(sorted, direction)
  if (best !== null || isCancelled) return ok({ trials: sorted, best, isCancelled })
  const last = sorted.findLast(({ status }) => status === 'failed')
  const all = sorted.length === 1 ? 'The only trial' : `All ${sorted.length} trials`
  if (last !== undefined && sorted.every(({ status }) => status === 'failed'))
    return err(`${all} failed. ${sorted.length === 1 ? 'It' : 'The last one'} said: ${last.reason}`)
  return err(`None of ${sorted.length} trials ended with a finite ${metric}.`)
}
