import { REAL, type RowOf } from '../../../src/model/column.ts'
import { STATISTICS } from '../../../src/model/series.ts'
import type { PointArrays } from './point-columns.ts'

/** What is kept of the points of a series: what a summary tells, and the bounds of their times. */
export const POINT_STATISTICS = { ...STATISTICS, minTime: REAL, maxTime: REAL } as const

/** The same of some points; at least one. */
export type PointStats = RowOf<typeof POINT_STATISTICS>

/**
 * Sums are kept this much smaller, so that a mean of numbers near the largest double does not overflow: exact, being a
 * power of two, for every number above 1e-290, and room for 2^40 points.
 */
export const SUM_SCALE = 2 ** -40

/** Cost: one pass; a second, shorter one where the deviation would be rounded away. */
export function measurePoints(points: PointArrays): PointStats {
  const { steps, values, times } = points
  const count = values.length
  let minStep = Number.POSITIVE_INFINITY
  let maxStep = Number.NEGATIVE_INFINITY
  let minTime = Number.POSITIVE_INFINITY
  let maxTime = Number.NEGATIVE_INFINITY
  let before = Number.NEGATIVE_INFINITY
  let backSteps = 0
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  let sum = 0
  // How far from the first, whose squares tell the deviation unless it lies far outside of the others.
  const base = values[0] ?? 0
  let apart = 0
  let squares = 0
  let nanCount = 0
  let posInfCount = 0
  let negInfCount = 0
  for (let index = 0; index < count; index++) {
    const step = steps[index] ?? 0
    const time = times[index] ?? 0
    const value = values[index] ?? 0
    if (step < before) backSteps++
    before = step
    if (step < minStep) minStep = step
    if (step > maxStep) maxStep = step
    if (time < minTime) minTime = time
    if (time > maxTime) maxTime = time
    if (value - value === 0) {
      if (value < min) min = value
      if (value > max) max = value
      sum += value * SUM_SCALE
      const part = value - base
      apart += part
      squares += part * part
    } else if (value > 0) posInfCount++
    else if (value < 0) negInfCount++
    else nanCount++
  }
  const finite = count - nanCount - posInfCount - negInfCount
  const mean = meanOf(sum, finite, min, max)
  return {
    count,
    firstStep: steps[0] ?? 0,
    lastStep: steps[count - 1] ?? 0,
    minStep,
    maxStep,
    backSteps,
    firstTime: times[0] ?? 0,
    lastTime: times[count - 1] ?? 0,
    minTime,
    maxTime,
    first: values[0] ?? Number.NaN,
    last: values[count - 1] ?? Number.NaN,
    min: finite === 0 ? Number.NaN : min,
    max: finite === 0 ? Number.NaN : max,
    mean,
    std: quickStd(finite, apart, squares) ?? stdOf(values, finite, mean, min, max),
    nanCount,
    posInfCount,
    negInfCount,
  }
}

/** The mean of a scaled sum; NaN without points. Rounding never carries it outside its points. */
export function meanOf(scaledSum: number, finite: number, min: number, max: number): number {
  if (finite === 0) return Number.NaN
  return Math.min(max, Math.max(min, scaledSum / finite / SUM_SCALE))
}

/** Less than this part of the squares is left of them only where the first value lies far outside. */
const MIN_LEFT = 1e-3

/** Sums of squares beyond these may have overflowed, or lost digits. */
const MAX_SQUARES = 1e300
const MIN_SQUARES = 1e-280

/** The deviation by sums over differences to the first value; null where too little of their digits is left to tell. */
function quickStd(finite: number, apart: number, squares: number): number | null {
  const left = squares - (apart / finite) * apart
  return left > squares * MIN_LEFT && left < MAX_SQUARES && left > MIN_SQUARES
    ? Math.sqrt(left / finite)
    : null
}

/**
 * The population's standard deviation of the finite values; NaN without any.
 *
 * Deviations are taken as parts of the range, so that no square overflows or vanishes, and what rounding left in the mean is
 * taken out again. Source: Chan, Golub, LeVeque (1983), the corrected two-pass algorithm.
 */
function stdOf(values: Float64Array, finite: number, mean: number, min: number, max: number): number {
  if (finite === 0) return Number.NaN
  if (min === max) return 0
  const factor = factorOf(max - min)
  const middle = mean * factor
  const range = max * factor - min * factor
  const perRange = 1 / range
  let sum = 0
  let squares = 0
  for (let index = 0; index < values.length; index++) {
    const part = ((values[index] ?? 0) * factor - middle) * perRange
    // What is not finite is no part of them.
    if (part - part === 0) {
      sum += part
      squares += part * part
    }
  }
  const variance = squares / finite - (sum / finite) ** 2
  return (Math.sqrt(Math.max(0, variance)) * range) / factor
}

/** Beyond these a difference overflows, or what it is divided by does. */
const TINY = 2 ** -900
const ENLARGED = 2 ** 600

/** What numbers are multiplied by before they are subtracted and divided: a power of two, so that nothing is rounded. */
function factorOf(difference: number): number {
  if (!Number.isFinite(difference)) return 0.5
  return Math.abs(difference) < TINY ? ENLARGED : 1
}

/** The deviation of two groups of points together. Source: as `stdOf`, the combination of two samples. */
function mergedStd(before: PointStats, countBefore: number, after: PointStats, countAfter: number): number {
  if (countBefore === 0) return after.std
  if (countAfter === 0) return before.std
  const half = Number.isFinite(after.mean - before.mean) ? 1 : 0.5
  const apart = after.mean * half - before.mean * half
  const scale = Math.max(before.std * half, after.std * half, Math.abs(apart))
  if (scale === 0) return 0
  const count = countBefore + countAfter
  const [share, rest] = [countBefore / count, countAfter / count]
  const variance =
    share * ((before.std * half) / scale) ** 2 +
    rest * ((after.std * half) / scale) ** 2 +
    share * rest * (apart / scale) ** 2
  return (Math.sqrt(variance) * scale) / half
}

/** The stats of `before` followed by `after`. */
export function mergeStats(before: PointStats, after: PointStats): PointStats {
  const finiteBefore = finiteCount(before)
  const finiteAfter = finiteCount(after)
  const finite = finiteBefore + finiteAfter
  const min =
    finiteBefore === 0 ? after.min : finiteAfter === 0 ? before.min : Math.min(before.min, after.min)
  const max =
    finiteBefore === 0 ? after.max : finiteAfter === 0 ? before.max : Math.max(before.max, after.max)
  return {
    count: before.count + after.count,
    firstStep: before.firstStep,
    lastStep: after.lastStep,
    minStep: Math.min(before.minStep, after.minStep),
    maxStep: Math.max(before.maxStep, after.maxStep),
    backSteps: before.backSteps + after.backSteps + (after.firstStep < before.lastStep ? 1 : 0),
    firstTime: before.firstTime,
    lastTime: after.lastTime,
    minTime: Math.min(before.minTime, after.minTime),
    maxTime: Math.max(before.maxTime, after.maxTime),
    first: before.first,
    last: after.last,
    min,
    max,
    mean: meanOf(scaledSum(before, finiteBefore) + scaledSum(after, finiteAfter), finite, min, max),
    std: mergedStd(before, finiteBefore, after, finiteAfter),
    nanCount: before.nanCount + after.nanCount,
    posInfCount: before.posInfCount + after.posInfCount,
    negInfCount: before.negInfCount + after.negInfCount,
  }
}

function scaledSum(stats: PointStats, finite: number): number {
  return finite === 0 ? 0 : stats.mean * SUM_SCALE * finite
}

export function finiteCount(stats: PointStats): number {
  return stats.count - stats.nanCount - stats.posInfCount - stats.negInfCount
}
