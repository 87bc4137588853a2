import type { Params } from '../model/run.ts'
import type { Observation } from './method.ts'
import type { StoredTrials } from './stored-trials.ts'
import type { SweepPlan } from './sweep-options.ts'
import { lossOf, type Trial } from './trial.ts'

/** The trials of a sweep, and which comes next. */
export interface TrialQueue {
  /** By number. */
  readonly trials: Map<number, Trial>
  /** Takes over what is stored: what ended is not repeated, what was cut off comes first. */
  recall(stored: StoredTrials): void
  hasNext(): boolean
  /** How many are still to come. */
  left(): number
  /** The next trial, as running; null when there is none. */
  next(): Trial | null
  /** Takes back a trial that never began. */
  putBack(trial: Trial): void
}

export function createTrialQueue({ dimensions, fixed, propose, runs, direction }: SweepPlan): TrialQueue {
  const trials = new Map<number, Trial>()
  /** By number: what was tried when it was cut off. */
  const interrupted = new Map<number, Params>()

  /** The first that was not tried; more than `runs` when there is none. */
  function nextNumber(): number {
    let number = 1
    while (trials.has(number)) number += 1
    return number
  }

  function observations(): readonly Observation[] {
    return [...trials.values()]
      .filter(({ status }) => status !== 'cancelled')
      .map(({ params, status, value }) => ({
        params,
        loss: status === 'running' ? null : status === 'failed' ? Infinity : lossOf(value, direction),
      }))
  }

  /** What was tried then, if it is still what is searched. */
  function triedBefore(number: number): Params | null {
    const tried = interrupted.get(number)
    if (tried === undefined || dimensions.some(({ name }) => !Object.hasOwn(tried, name))) return null
    return Object.fromEntries(dimensions.map(({ name }) => [name, tried[name] ?? null]))
  }

  return {
    trials,
    recall({ ended, interrupted: cutOff }) {
      for (const trial of ended) trials.set(trial.number, trial)
      for (const { number, params } of cutOff) interrupted.set(number, params)
    },
    putBack({ number, params }) {
      trials.delete(number)
      interrupted.set(number, params)
    },
    hasNext: () => nextNumber() <= runs,
    left: () => runs - [...trials.keys()].filter((number) => number <= runs).length,
    next() {
      const number = nextNumber()
      if (number > runs) return null
      const params = triedBefore(number) ?? propose(number - 1, observations())
      if (params === null) return null
      return {
        number,
        params: { ...fixed, ...params },
        status: 'running',
        value: Number.NaN,
        runId: null,
        reason: '',
      }
    },
  }
}
