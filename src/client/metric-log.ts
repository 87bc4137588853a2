import type { RefusalReason } from '../model/log-batch.ts'
import { isPlausibleTime, type Step, type UnixMs } from '../model/units.ts'
import { createArrayLog, type ArrayLog } from './array-log.ts'
import type { ArrayValue } from './array-value.ts'
import type { MediaValue } from './media-value.ts'
import { parseStep, parseTime } from './point-place.ts'
import { describeThrown, describeValue, WHOLE_CALL, type Refusals } from './refusals.ts'
import { createSeriesBuffer, growSeriesBuffer, type SeriesBuffer } from './series-buffer.ts'
import { isTensor, type TensorLike } from './tensor-read.ts'
import { createValueLog } from './value-log.ts'

/**
 * What is logged under one name: a number, an array of them, or something made to be looked at.
 *
 * One entry of an array is a number, and so is a tensor of one value, which is read without blocking, a promise of one, a
 * boolean, a bigint that fits and a text that is a number. Values in objects are named by their path: `train/loss`. Lists
 * of the same length under every name are epochs: `run.log(history.history)`.
 */
export type LogValue =
  | number
  | boolean
  | bigint
  | string
  | ArrayValue
  | MediaValue
  | TensorLike
  | readonly number[]
  | Promise<unknown>
  | Metrics
export interface Metrics {
  readonly [name: string]: LogValue
}

export interface LogOptions {
  /** The x of the values, whole or not; counts up by itself from the last one when left out. */
  readonly step?: Step | undefined
  /**
   * When it was measured, in milliseconds since 1970, as a Date or as ISO text; now when left out. Other units are told by
   * their size, and said on the console. What is no time is said too, and now stands in its place.
   */
  readonly time?: UnixMs | Date | string | undefined
  /** Takes the buffers of logged arrays instead of copying them; the caller's arrays are empty afterwards. */
  readonly transfer?: boolean | undefined
}

/** The hot path of a run: from a call of `log` to columns. */
export interface MetricLog {
  /** Never throws, whatever it is passed. */
  log(metrics: Metrics, options?: LogOptions): void
  /** Every series seen so far, in the order of appearance; grows. */
  readonly series: readonly SeriesBuffer[]
  readonly arrays: ArrayLog
  /** Resolves when all that was logged is buffered; null while nothing is being prepared. Never rejects. */
  readonly preparing: Promise<void> | null
  /** Of the latest call; null before the first. */
  readonly lastStep: Step | null
  /** Where a log that began `UNSETTLED` counts from; until then nothing of it may leave. */
  settle(firstStep: Step): void
}

/** The first step while it is not known: far below all others, so that steps counted from it are told from those given. */
export const UNSETTLED: Step = -(2 ** 52)

function isUnsettled(step: Step): boolean {
  return step < UNSETTLED / 2
}

export interface MetricLogOptions {
  readonly firstStep: Step
  readonly refusals: Refusals
  /** Called with every time that was given in another unit. */
  readonly onTimeTaken?: (takenFor: string) => void
  /** Called after each call with the number of values that were buffered, or 1 when there was only a refusal. */
  readonly onBuffered: (count: number, now: UnixMs) => void
}

/** Cost of `log`: no allocation, and for calls of the same shape as the one before no look-up either. */
export function createMetricLog({
  firstStep,
  refusals,
  onTimeTaken,
  onBuffered,
}: MetricLogOptions): MetricLog {
  const seriesByKey = new Map<string, SeriesBuffer>()
  const series: SeriesBuffer[] = []
  /** The series of the latest call in the order of its keys: the next call most likely looks the same. */
  const shape: SeriesBuffer[] = []
  const arrays = createArrayLog()
  let nextStep = firstStep
  let lastStep: Step | null = null
  /** From `UNSETTLED` to the first step. */
  let shift = 0
  const values = createValueLog({
    arrays,
    refusals,
    isSeries: (key) => seriesByKey.has(key),
    settled,
    point: (key, step, value, time) => append(seriesNamed(key), settled(step), value, time),
    reach(step) {
      const reached = settled(step)
      if (reached < nextStep) return
      lastStep = reached
      nextStep = Math.min(Math.floor(reached) + 1, Number.MAX_SAFE_INTEGER)
    },
    onBuffered,
  })

  function log(metrics: Metrics, options?: LogOptions): void {
    const now = Date.now()
    let step = nextStep
    let time = now
    let position = 0
    /** Values buffered that are no numbers, or none of the latest shape. */
    let others = 0
    let current = WHOLE_CALL
    try {
      if (typeof metrics !== 'object' || metrics === null) return refuseOdd(metrics, now)
      if (options !== undefined) {
        const { step: stepGiven, time: timeGiven } = options
        if (stepGiven !== undefined && stepGiven !== null) {
          const parsed = parseStep(stepGiven)
          if (parsed === null) return refuseCall(metrics, 'step-not-a-number', stepGiven, now)
          step = parsed
        }
        if (timeGiven !== undefined && timeGiven !== null)
          time = isPlausibleTime(timeGiven) ? timeGiven : placeTime(metrics, timeGiven, now)
      }
      lastStep = step
      nextStep = Math.min(Math.floor(step) + 1, Number.MAX_SAFE_INTEGER)
      for (const key in metrics) {
        current = key
        const value = metrics[key]
        if (typeof value !== 'number') {
          others += logOther(metrics, key, value, step, time, options)
          continue
        }
        let into: SeriesBuffer | null | undefined = shape[position]
        if (into === undefined || into.key !== key) {
          into = seriesOf(metrics, key)
          if (into === null) {
            others += logOther(metrics, key, value, step, time, options)
            continue
          }
          shape[position] = into
        }
        position += 1
        append(into, step, value, time)
      }
      if (current === WHOLE_CALL) others += logUnnamed(metrics, step, time, options)
    } catch (thrown) {
      refusals.add(current, 'value-not-a-number', describeThrown(thrown))
      if (current !== WHOLE_CALL) others += logAfter(metrics, current, step, time, options)
    }
    onBuffered(position + others || 1, now)
  }

  /** The series of a key; null for a key that comes from a prototype, is none, or has a value on its way. */
  function seriesOf(metrics: Metrics, key: string): SeriesBuffer | null {
    if (!Object.hasOwn(metrics, key) || values.isAwaited(key)) return null
    return seriesByKey.get(key) ?? (hasNoNames(metrics) ? null : seriesNamed(key))
  }

  function seriesNamed(key: string): SeriesBuffer {
    const known = seriesByKey.get(key)
    if (known !== undefined) return known
    const created = createSeriesBuffer(key)
    seriesByKey.set(key, created)
    series.push(created)
    return created
  }

  /** What is no number, or has to wait for a number; answers how many points it is worth. */
  function logOther(
    metrics: Metrics,
    key: string,
    value: unknown,
    step: Step,
    time: UnixMs,
    options: LogOptions | undefined,
  ): number {
    if (!Object.hasOwn(metrics, key)) return 0
    if (hasNoNames(metrics)) return refuseNameless(metrics)
    const isAtStep = options?.step !== undefined
    const transfer = options?.transfer === true
    const worth = values.add({ key, value, step, time, isAtStep, transfer, beside: metrics })
    // Numbers of this name have to queue: they shall not be found in the shape of the next call.
    if (values.isAwaited(key)) forget(key)
    return worth
  }

  function forget(key: string): void {
    const at = shape.findIndex((each) => each.key === key)
    if (at >= 0) shape.length = at
  }

  /** What has no enumerable keys: a map of metrics, or nothing that can be logged. An empty object is nothing at all. */
  function logUnnamed(metrics: object, step: Step, time: UnixMs, options: LogOptions | undefined): number {
    if (!(metrics instanceof Map)) {
      const isPlain = [Object.prototype, null].includes(Object.getPrototypeOf(metrics))
      return isPlain ? 0 : refuseNameless(metrics)
    }
    const named: Metrics = Object.fromEntries(metrics)
    let worth = 0
    for (const key of Object.keys(named)) worth += logOther(named, key, named[key], step, time, options)
    return worth
  }

  function refuseOdd(metrics: unknown, now: UnixMs): void {
    refuseNameless(metrics)
    onBuffered(1, now)
  }

  function refuseNameless(metrics: unknown): number {
    refusals.add(WHOLE_CALL, 'call-without-names', describeValue(metrics))
    return 0
  }

  /** Where a time cannot be read the values are kept all the same, as of now. */
  function placeTime(metrics: Metrics, given: unknown, now: UnixMs): UnixMs {
    const placed = parseTime(given)
    if (placed === null)
      for (const key of Object.keys(metrics)) refusals.add(key, 'time-not-a-number', describeValue(given))
    else if (placed.takenFor !== null) onTimeTaken?.(placed.takenFor)
    return placed?.time ?? now
  }

  function settled(step: Step): Step {
    return isUnsettled(step) ? step + shift : step
  }

  function settle(from: Step): void {
    shift = from - UNSETTLED
    for (const { steps, start, end } of series) {
      for (let at = start; at < end; at += 1) steps[at] = settled(steps[at] ?? 0)
    }
    arrays.mapSteps(settled)
    nextStep = settled(nextStep)
    if (lastStep !== null) lastStep = settled(lastStep)
  }

  /** A bad step spoils every value of the call. */
  function refuseCall(metrics: Metrics, reason: RefusalReason, value: unknown, now: UnixMs): void {
    for (const key of Object.keys(metrics)) refusals.add(key, reason, describeValue(value))
    onBuffered(1, now)
  }

  /** Logs the keys behind one that could not be read, each for itself; answers how many values that were. */
  function logAfter(
    metrics: Metrics,
    unreadable: string,
    step: Step,
    time: UnixMs,
    options: LogOptions | undefined,
  ): number {
    let count = 0
    for (const key of keysAfter(metrics, unreadable)) {
      try {
        const value: unknown = metrics[key]
        if (typeof value !== 'number') {
          count += logOther(metrics, key, value, step, time, options)
          continue
        }
        const into = seriesOf(metrics, key)
        if (into === null) count += logOther(metrics, key, value, step, time, options)
        else {
          append(into, step, value, time)
          count += 1
        }
      } catch (thrown) {
        refusals.add(key, 'value-not-a-number', describeThrown(thrown))
      }
    }
    return count
  }

  return {
    log,
    series,
    arrays,
    get preparing() {
      return values.pending
    },
    get lastStep() {
      return lastStep !== null && isUnsettled(lastStep) ? null : lastStep
    },
    settle,
  }
}

/** Whether something was passed in place of values by name: a list, a tensor, a promise. */
function hasNoNames(metrics: object): boolean {
  return (
    Array.isArray(metrics) ||
    ArrayBuffer.isView(metrics) ||
    isTensor(metrics) ||
    typeof Reflect.get(metrics, 'then') === 'function'
  )
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
