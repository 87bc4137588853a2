import type { RefusalReason } from '../model/log-batch.ts'
import type { Step, UnixMs } from '../model/units.ts'
import { describeThrown, describeValue, WHOLE_CALL, type Refusals } from './refusals.ts'
import { createSeriesBuffer, growSeriesBuffer, type SeriesBuffer } from './series-buffer.ts'

export type Metrics = Readonly<Record<string, number>>

export interface LogOptions {
  /** The x of the values; counts up by itself from the last one when left out. */
  readonly step?: Step | undefined
  /** When it was measured; now when left out. */
  readonly time?: UnixMs | undefined
}

/** The hot path of a run: from a call of `log` to columns. */
export interface MetricLog {
  /** Never throws, whatever it is passed. */
  log(metrics: Metrics, options?: LogOptions): void
  /** Every series seen so far, in the order of appearance; grows. */
  readonly series: readonly SeriesBuffer[]
}

export interface MetricLogOptions {
  readonly firstStep: Step
  readonly refusals: Refusals
  /** Called after each call with the number of values that were buffered, or 1 when there was only a refusal. */
  readonly onBuffered: (count: number, now: UnixMs) => void
}

/** Cost of `log`: no allocation, and for calls of the same shape as the one before no look-up either. */
export function createMetricLog({ firstStep, refusals, onBuffered }: MetricLogOptions): MetricLog {
  const seriesByKey = new Map<string, SeriesBuffer>()
  const series: SeriesBuffer[] = []
  /** The series of the latest call in the order of its keys: the next call most likely looks the same. */
  const shape: SeriesBuffer[] = []
  let nextStep = firstStep

  function log(metrics: Metrics, options?: LogOptions): void {
    const now = Date.now()
    let step = nextStep
    let time = now
    let position = 0
    let current = WHOLE_CALL
    try {
      if (typeof metrics !== 'object' || metrics === null) throw new TypeError(describeValue(metrics))
      if (options !== undefined) {
        const { step: stepGiven, time: timeGiven } = options
        if (stepGiven !== undefined) step = stepGiven
        if (timeGiven !== undefined) time = timeGiven
        if (!Number.isSafeInteger(step)) return refuseCall(metrics, 'step-not-a-safe-integer', step, now)
        if (!Number.isFinite(time)) return refuseCall(metrics, 'time-not-a-number', time, now)
      }
      nextStep = step < Number.MAX_SAFE_INTEGER ? step + 1 : step
      for (const key in metrics) {
        current = key
        const value = metrics[key]
        if (typeof value !== 'number') {
          refuseValue(metrics, key, value)
          continue
        }
        let into: SeriesBuffer | null | undefined = shape[position]
        if (into === undefined || into.key !== key) {
          into = seriesOf(metrics, key)
          if (into === null) continue
          shape[position] = into
        }
        position += 1
        append(into, step, value, time)
      }
    } catch (thrown) {
      refusals.add(current, 'value-not-a-number', describeThrown(thrown))
      if (current !== WHOLE_CALL) position += logAfter(metrics, current, step, time)
    }
    onBuffered(position === 0 ? 1 : position, now)
  }

  /** The series of a key; null for a key that comes from a prototype. */
  function seriesOf(metrics: Metrics, key: string): SeriesBuffer | null {
    if (!Object.hasOwn(metrics, key)) return null
    const known = seriesByKey.get(key)
    if (known !== undefined) return known
    const created = createSeriesBuffer(key)
    seriesByKey.set(key, created)
    series.push(created)
    return created
  }

  function refuseValue(metrics: Metrics, key: string, value: unknown): void {
    if (Object.hasOwn(metrics, key)) refusals.add(key, 'value-not-a-number', describeValue(value))
  }

  /** A bad step or time spoils every value of the call. */
  function refuseCall(metrics: Metrics, reason: RefusalReason, value: unknown, now: UnixMs): void {
    for (const key of Object.keys(metrics)) refusals.add(key, reason, describeValue(value))
    onBuffered(1, now)
  }

  /** Logs the keys behind one that could not be read, each for itself; answers how many values that were. */
  function logAfter(metrics: Metrics, unreadable: string, step: Step, time: UnixMs): number {
    let count = 0
    for (const key of keysAfter(metrics, unreadable)) {
      try {
        const value: unknown = metrics[key]
        const into = typeof value === 'number' ? seriesOf(metrics, key) : null
        if (into === null || typeof value !== 'number') {
          refuseValue(metrics, key, value)
          continue
        }
        append(into, step, value, time)
        count += 1
      } catch (thrown) {
        refusals.add(key, 'value-not-a-number', describeThrown(thrown))
      }
    }
    return count
  }

  return { log, series }
}

function append(series: SeriesBuffer, step: Step, value: number, time: UnixMs): void {
  if (series.end === series.steps.length) growSeriesBuffer(series)
  const at = series.end
  series.steps[at] = step
  series.values[at] = value
  series.times[at] = time
  series.end = at + 1
}

function keysAfter(metrics: Metrics, key: string): readonly string[] {
  try {
    const keys = Object.keys(metrics)
    return keys.slice(keys.indexOf(key) + 1)
  } catch {
    return []
  }
}
