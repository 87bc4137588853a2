import { isStep } from '../model/units.ts'
import type { LogOptions, Metrics } from '../client/metric-log.ts'
import { toMetricValue } from '../client/metric-value.ts'
import type { Run } from '../client/run.ts'
import { isBetter, type SweepDirection, type TrialListener } from './trial.ts'

/** What a trial says of the metric of its sweep. */
export interface WatchedMetric {
  /** The run, whose `log` is listened to. */
  readonly run: Run
  report(value: number, step?: number): void
  /** How many values came. */
  readonly count: number
  /** The best of them; NaN when there is none. */
  readonly best: number
}

/** Hears every value a run logs of one metric. Counts steps as the run does where none is given. */
export function watchMetric(
  run: Run,
  metric: string,
  direction: SweepDirection,
  onReport: TrialListener['onReport'],
): WatchedMetric {
  let nextStep = 0
  let count = 0
  let best = Number.NaN

  function log(metrics: Metrics, options?: LogOptions): void {
    run.log(metrics, options)
    try {
      const step = options?.step ?? nextStep
      // The run refused it all.
      if (!isStep(step)) return
      nextStep = Math.floor(step) + 1
      const value: unknown = Object.hasOwn(metrics, metric) ? metrics[metric] : undefined
      if (typeof value === 'number') hear(value, step)
      else if (value !== undefined) hearMeant(value, step)
    } catch {
      // What cannot be read was refused by the run, which says so.
    }
  }

  /** What is no plain number is what the run takes it for; a tensor is heard of when it is read. */
  function hearMeant(value: unknown, step: number): void {
    const meant = toMetricValue(value)
    if (meant.kind === 'number') hear(meant.number, step)
    if (meant.kind !== 'later') return
    void meant.value.then(
      (settled) => {
        const number = toMetricValue(settled)
        if (number.kind === 'number') hear(number.number, step)
      },
      () => undefined,
    )
  }

  function hear(value: number, step: number): void {
    count += 1
    if (count === 1 || isBetter(value, best, direction)) best = value
    onReport(value, step)
  }

  return {
    run: Object.create(run, { log: { value: log, enumerable: true } }) as Run,
    report: (value, step) => log({ [metric]: value }, { step }),
    get count() {
      return count
    },
    get best() {
      return best
    },
  }
}
