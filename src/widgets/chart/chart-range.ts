import type { ChartLine, ChartRange } from './chart-line.ts'
import {
  areOne,
  finiteEnds,
  LEAST,
  LEAST_LENGTH,
  NEAR,
  partToPlace,
  placeToPart,
  type Scale,
} from '../ticks/axis-places.ts'
import { lowerBound } from '../../model/sorted.ts'

/** Room above and below on a log axis at least, so that a constant has a height. Unit: decades. */
const MIN_LOG_ROOM = 0.05

/** Room above and below the curves, as a part of their height. */
const PADDING = 0.06

/** With outliers ignored, the height covers the middle of what is drawn: all but 2 % at either end. */
const OUTLIER_PART = 0.02

/** Ends of y that somebody set; null for one that follows the lines. */
export interface YLimits {
  readonly low: number | null
  readonly high: number | null
}

export const NO_LIMITS: YLimits = { low: null, high: null }

/** How y is fitted to what is drawn. */
export interface YFit {
  readonly scale: Scale
  readonly ignoreOutliers: boolean
  /** Lines that do not count while outliers are ignored, by id, as long as there are others. */
  readonly outlying: ReadonlySet<string>
  readonly limits: YLimits
}

/** The y-range of a chart: what fits, but for the ends that were set. Null when nothing is drawn and not both are set. */
export function fittedRange(
  lines: readonly ChartLine[],
  range: ChartRange,
  { scale, ignoreOutliers, outlying, limits }: YFit,
): readonly [number, number] | null {
  const counting = ignoreOutliers ? lines.filter(({ id }) => !outlying.has(id)) : lines
  const fitted = yRange(counting, range, ignoreOutliers, scale) ?? yRange(lines, range, ignoreOutliers, scale)
  const { low, high } = onScale(limits, scale)
  if (low === null && high === null) return fitted
  const [from, to] = [low ?? fitted?.[0], high ?? fitted?.[1]]
  if (from === undefined || to === undefined) return null
  if (from < to) return [from, to]
  // The lines are all beyond the end that was set: then that end and some room is shown.
  if (low !== null) return [low, padRange(low, low)[1]]
  return high === null ? null : scale === 'log' ? [high / 10, high] : [padRange(high, high)[0], high]
}

/** A log axis has no place for an end that is not above 0. */
function onScale({ low, high }: YLimits, scale: Scale): YLimits {
  if (scale === 'linear') return { low, high }
  return { low: low !== null && low > 0 ? low : null, high: high !== null && high > 0 ? high : null }
}

/**
 * The y-range that fits the lines inside an x-range: everything with its envelope, or all but the outliers.
 *
 * Null when nothing is drawn there. Cost: linear in the entries, and their sort when outliers are ignored.
 */
export function yRange(
  lines: readonly ChartLine[],
  range: ChartRange,
  ignoreOutliers: boolean,
  scale: Scale = 'linear',
): readonly [number, number] | null {
  const [low, high] = ignoreOutliers ? middleOf(lines, range) : extremesOf(lines, range)
  if (low > high) return null
  return scale === 'log' ? logRange(lines, range, low, high) : padRange(low, high)
}

/** The same on a log axis: from the least value above 0; null when there is none. */
function logRange(
  lines: readonly ChartLine[],
  range: ChartRange,
  low: number,
  high: number,
): readonly [number, number] | null {
  if (high <= 0) return null
  const least = Math.log10(low > 0 ? low : leastAboveZero(lines, range))
  const greatest = Math.max(least, Math.log10(high))
  const room = Math.max((greatest - least) * PADDING, MIN_LOG_ROOM)
  return finiteEnds(Math.max(LEAST, 10 ** (least - room)), Math.max(8 * LEAST, 10 ** (greatest + room)))
}

function leastAboveZero(lines: readonly ChartLine[], range: ChartRange): number {
  let least = Number.POSITIVE_INFINITY
  for (const line of lines) {
    const [first, last] = inside(line, range)
    for (let index = first; index < last; index += 1) {
      for (const column of [line.min, line.mean, line.max]) {
        const value = column[index] ?? 0
        if (value > 0 && value < least) least = value
      }
    }
  }
  return least
}

/** The first and the last entry inside the range; the neighbours outside when there is none between them. */
function inside(line: ChartLine, range: ChartRange): readonly [number, number] {
  const first = lowerBound(line.x, range.from)
  let last = lowerBound(line.x, range.to)
  while (last < line.x.length && line.x[last] === range.to) last += 1
  if (first < last) return [first, last]
  return first > 0 && first < line.x.length ? [first - 1, first + 1] : [0, 0]
}

function extremesOf(lines: readonly ChartLine[], range: ChartRange): readonly [number, number] {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const line of lines) {
    const [first, last] = inside(line, range)
    for (let index = first; index < last; index += 1) {
      const min = line.min[index] ?? Number.POSITIVE_INFINITY
      const max = line.max[index] ?? Number.NEGATIVE_INFINITY
      if (min < low) low = min
      if (max > high) high = max
    }
    for (const edge of [valueAtEdge(line, range.from), valueAtEdge(line, range.to)]) {
      if (edge < low) low = edge
      if (edge > high) high = edge
    }
  }
  return [low, high]
}

/** Where a raw line crosses an edge of the range; NaN where it does not, which compares to nothing. */
function valueAtEdge(line: ChartLine, edge: number): number {
  const right = lowerBound(line.x, edge)
  if (!line.raw || right === 0 || right >= line.x.length) return Number.NaN
  const [fromX = 0, toX = 0] = [line.x[right - 1], line.x[right]]
  const [fromY = 0, toY = 0] = [line.mean[right - 1], line.mean[right]]
  if (fromX === toX) return fromY
  return partToPlace(placeToPart(edge, fromX, toX, 'linear'), fromY, toY, 'linear')
}

function middleOf(lines: readonly ChartLine[], range: ChartRange): readonly [number, number] {
  const lows: Float64Array[] = []
  const highs: Float64Array[] = []
  for (const line of lines) {
    const [first, last] = inside(line, range)
    lows.push(line.min.subarray(first, last))
    highs.push(line.max.subarray(first, last))
  }
  const low = quantile(lows, OUTLIER_PART)
  const high = quantile(highs, 1 - OUTLIER_PART)
  return [low ?? Number.POSITIVE_INFINITY, high ?? Number.NEGATIVE_INFINITY]
}

function quantile(parts: readonly Float64Array[], part: number): number | undefined {
  const all = new Float64Array(parts.reduce((length, column) => length + column.length, 0))
  let offset = 0
  for (const column of parts) {
    all.set(column, offset)
    offset += column.length
  }
  all.sort()
  return all[Math.min(all.length - 1, Math.max(0, Math.round(part * (all.length - 1))))]
}

/**
 * Adds room, but not past a zero that the values only touch from one side, and gives a constant a height.
 *
 * The ends are rounded outwards to a hundredth of the height's power of ten, so that growing curves move the axis rarely.
 */
export function padRange(low: number, high: number): readonly [number, number] {
  const height = high - low
  const size = Math.max(Math.abs(low), Math.abs(high))
  if (height > Number.MAX_VALUE / 2) return [low, high]
  if (areOne(low, high)) {
    const room = size === 0 ? 1 : Math.max(size * 0.1, LEAST_LENGTH)
    return finiteEnds(low - room, high + room)
  }
  const room = height * PADDING
  const grain = 10 ** Math.floor(Math.log10(height)) / 10
  const bottom = low >= 0 && low < room ? 0 : Math.floor((low - room) / grain) * grain
  const top = high <= 0 && -high < room ? 0 : Math.ceil((high + room) / grain) * grain
  return finiteEnds(bottom, top)
}

/** A range that can be drawn: a single place, or places that cannot be told apart, get room on both sides. */
export function drawableRange(range: ChartRange | null): ChartRange {
  if (range === null) return { from: 0, to: 1 }
  const size = Math.max(Math.abs(range.from), Math.abs(range.to))
  const least = Math.max(4 * NEAR * size, LEAST_LENGTH)
  if (range.to - range.from >= least) return range
  const isPlace = range.from === range.to
  const room = isPlace ? Math.max(1, size * 1e-3) : least / 2
  const [from, to] = finiteEnds(range.from - room, range.to + room)
  return { from, to }
}
