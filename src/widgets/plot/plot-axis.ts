import { digitsWithin, formatValue } from '../number-format.ts'
import { areOne, finiteEnds, LEAST, LEAST_LENGTH, partToPlace, placeToPart } from '../ticks/axis-places.ts'
import { axisTicks, type TickKind } from '../ticks/axis-ticks.ts'
import { formatDuration, formatElapsed, formatMoment } from '../time-format.ts'

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
  /** Its labels are numbers or times, which are never cut short. */
  readonly isNumeric: boolean
  readonly min: number
  readonly max: number
}

/** The largest to the smallest, less what a quotient is rounded by. */
const TWO_DECADES = 100 * (1 - 1e-9)

/** Whether log is worth choosing: all values are positive and span at least two decades, as learning rates do. */
export function spansDecades(values: Float64Array): boolean {
  const [min, max] = extentOf(values)
  return min > 0 && max / min >= TWO_DECADES
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
  const isWhole =
    unit === 'number' &&
    !isContinuous &&
    values.every((value) => Number.isNaN(value) || Number.isInteger(value))
  const [min, max] = isEmpty ? [0, 1] : widened(low, high, isLog, isWhole)
  const scale = isLog ? 'log' : 'linear'
  const digits = digitsWithin(min, max)
  return {
    min,
    max,
    toPart: (value) => placeToPart(value, min, max, scale),
    fromPart(part) {
      if (part <= 0) return min
      if (part >= 1) return max
      const value = partToPlace(part, min, max, scale)
      return isLog ? Number(value.toPrecision(digits)) : roundTo(value, max / 500 - min / 500)
    },
    ticks: (count) =>
      axisTicks(tickKind(unit, isWhole), isLog, min, max, count).map(({ at, text }) => ({
        part: placeToPart(at, min, max, scale),
        text,
      })),
    format: (value) => formatUnit(value, unit, min, max),
    isNumeric: true,
  }
}

function tickKind(unit: PlotAxis['unit'], isWhole: boolean): TickKind {
  switch (unit) {
    case 'number':
      return isWhole ? 'whole' : 'number'
    case 'duration':
      return 'elapsed'
    case 'time':
      return 'time'
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
    isNumeric: false,
  }
}

/** As exact as an axis between these ends needs it. */
function formatUnit(value: number, unit: PlotAxis['unit'], min: number, max: number): string {
  switch (unit) {
    case 'number':
      return formatValue(value, digitsWithin(min, max))
    case 'duration':
      return max - min < 10_000 ? formatElapsed(value, 1) : formatDuration(value)
    case 'time':
      return formatMoment(value)
  }
}

/** The ends of an axis, which has a length though all values on it are one, or cannot be told apart. */
function widened(low: number, high: number, isLog: boolean, isWhole: boolean): readonly [number, number] {
  const size = Math.max(Math.abs(low), Math.abs(high))
  if (!areOne(low, high)) return [low, high]
  if (isLog) return finiteEnds(Math.max(LEAST, low / 2), Math.max(high * 2, LEAST * 8))
  const more = size === 0 ? 1 : Math.max(size / 2, LEAST_LENGTH, isWhole ? 1 : 0)
  return finiteEnds(low - more, high + more)
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
