import { logTicks } from '../log-ticks.ts'
import { formatTick, formatValue } from '../number-format.ts'
import { formatClock, formatDuration, formatMoment, TIME_INCREMENTS, zoneOffsetAt } from '../time-format.ts'

/** One thing that drawn runs have a value of. Shape: `values`, one entry a run; NaN where it is missing. */
export interface PlotAxis {
  readonly id: string
  readonly label: string
  /** Of categories their places in `categories`. */
  readonly values: Float64Array
  readonly categories: readonly string[] | null
  /** Times are UnixMs, durations milliseconds. */
  readonly unit: 'number' | 'time' | 'duration'
  readonly isLog: boolean
  /** Ticks may lie between whole numbers though every value is one; left out, they may where a value does. */
  readonly isContinuous?: boolean
  readonly isFlipped: boolean
}

/** What part of an axis is picked, in its values; of categories from the first to the last place. */
export interface PlotRange {
  readonly from: number
  readonly to: number
}

export interface PlotTick {
  /** 0 at the lower or left end, 1 at the other. */
  readonly part: number
  readonly text: string
}

/** How values lie along an axis. */
export interface PlotScale {
  toPart(value: number): number
  /** Rounded to what can be told apart; the ends are exact. */
  fromPart(part: number): number
  /** About as many as asked for. */
  ticks(count: number): readonly PlotTick[]
  format(value: number): string
  readonly min: number
  readonly max: number
}

/** Whether log is worth choosing: all values are positive and span more than two decades, as learning rates do. */
export function spansDecades(values: Float64Array): boolean {
  const [min, max] = extentOf(values)
  return min > 0 && max / min > 100
}

export function canBeLog(values: Float64Array): boolean {
  return extentOf(values)[0] > 0
}

export function makeScale(axis: PlotAxis): PlotScale {
  const scale = axis.categories === null ? numberScale(axis) : categoryScale(axis.categories)
  if (!axis.isFlipped) return scale
  return {
    ...scale,
    toPart: (value) => 1 - scale.toPart(value),
    fromPart: (part) => scale.fromPart(1 - part),
    ticks: (count) => scale.ticks(count).map(({ part, text }) => ({ part: 1 - part, text })),
  }
}

function numberScale({ values, unit, isLog: wantsLog, isContinuous = false }: PlotAxis): PlotScale {
  const [low, high] = extentOf(values)
  const isEmpty = low > high
  const isLog = wantsLog && low > 0 && !isEmpty
  const [min, max] = isEmpty ? [0, 1] : low === high ? widened(low, isLog) : [low, high]
  const warp = isLog ? Math.log10 : (value: number): number => value
  const [from, to] = [warp(min), warp(max)]
  const isWhole = !isContinuous && values.every((value) => Number.isNaN(value) || Number.isInteger(value))
  // A range wider than the largest number would have no places in it.
  const length = Number.isFinite(to - from) ? to - from : Number.MAX_VALUE
  return {
    min,
    max,
    toPart: (value) => (warp(value) - from) / length,
    fromPart(part) {
      if (part <= 0) return min
      if (part >= 1) return max
      const value = isLog ? 10 ** (from + part * length) : from + part * length
      return isLog ? Number(value.toPrecision(3)) : roundTo(value, length / 500)
    },
    ticks: (count) =>
      (isLog
        ? logTicks(min, max, count).map((value) => ({ value, text: formatTick(value, value) }))
        : linearTicks(min, max, unit, isWhole ? 1 : 0, count)
      ).map(({ value, text }) => ({ part: (warp(value) - from) / length, text })),
    format: (value) => formatUnit(value, unit),
  }
}

function categoryScale(categories: readonly string[]): PlotScale {
  const last = categories.length - 1
  return {
    min: 0,
    max: Math.max(0, last),
    toPart: (value) => (last <= 0 ? 0.5 : value / last),
    fromPart: (part) => Math.round(Math.min(1, Math.max(0, part)) * Math.max(0, last)),
    ticks(count) {
      const stride = Math.max(1, Math.ceil(categories.length / count))
      return categories
        .map((text, place) => ({ text, part: last <= 0 ? 0.5 : place / last }))
        .filter((_, place) => place % stride === 0)
    },
    format: (value) => categories[value] ?? '',
  }
}

function formatUnit(value: number, unit: PlotAxis['unit']): string {
  switch (unit) {
    case 'number':
      return formatValue(value)
    case 'duration':
      return formatDuration(value)
    case 'time':
      return formatMoment(value)
  }
}

interface Tick {
  readonly value: number
  readonly text: string
}

function linearTicks(
  min: number,
  max: number,
  unit: PlotAxis['unit'],
  least: number,
  count: number,
): readonly Tick[] {
  const rough = Math.max(least, (max - min) / Math.max(1, count))
  const increment = unit === 'number' ? niceIncrement(rough) : timeIncrement(rough)
  const zone = unit === 'time' ? zoneOffsetAt(min) : 0
  const first = Math.ceil((min - zone) / increment)
  const last = Math.min(first + 4 * count, Math.floor((max - zone) / increment))
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const value = (first + index) * increment + zone
    const text =
      unit === 'number'
        ? formatTick(value, increment)
        : unit === 'duration'
          ? formatDuration(value)
          : formatClock(value, increment)
    return { value, text }
  })
}

function niceIncrement(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  return ([1, 2, 5].find((each) => each * power >= rough) ?? 10) * power || 1
}

function timeIncrement(rough: number): number {
  return TIME_INCREMENTS.find((each) => each >= rough) ?? niceIncrement(rough)
}

function widened(value: number, isLog: boolean): readonly [number, number] {
  if (isLog) return [value / 2, value * 2]
  const more = Math.abs(value) / 2 || 1
  return [value - more, value + more]
}

function roundTo(value: number, resolution: number): number {
  const decimals = Math.ceil(-Math.log10(resolution))
  if (decimals > 0) return Number(value.toFixed(Math.min(100, decimals)))
  const unit = 10 ** -decimals
  return Math.round(value / unit) * unit
}

export function extentOf(values: ArrayLike<number>): readonly [number, number] {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? Number.NaN
    if (!Number.isFinite(value)) continue
    if (value < min) min = value
    if (value > max) max = value
  }
  return [min, max]
}
