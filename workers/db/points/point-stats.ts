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

/** Cost: one pass. */
export function measurePoints(points: PointArrays): PointStats {
  const { steps, values, times } = points
  const count = values.length
  let minStep = Number.POSITIVE_INFINITY
  let maxStep = Number.NEGATIVE_INFINITY
  let minTime = Number.POSITIVE_INFINITY
  let maxTime = Number.NEGATIVE_INFINITY
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  let sum = 0
  let nanCount = 0
  let posInfCount = 0
  let negInfCount = 0
  for (let index = 0; index < count; index++) {
    const step = steps[index] ?? 0
    const time = times[index] ?? 0
    const value = values[index] ?? 0
    if (step < minStep) minStep = step
    if (step > maxStep) maxStep = step
    if (time < minTime) minTime = time
    if (time > maxTime) maxTime = time
    if (value - value === 0) {
      if (value < min) min = value
      if (value > max) max = value
      sum += value * SUM_SCALE
    } else if (value > 0) posInfCount++
    else if (value < 0) negInfCount++
    else nanCount++
  }
  const finite = count - nanCount - posInfCount - negInfCount
  return {
    count,
    firstStep: steps[0] ?? 0,
    lastStep: steps[count - 1] ?? 0,
    minStep,
    maxStep,
    firstTime: times[0] ?? 0,
    lastTime: times[count - 1] ?? 0,
    minTime,
    maxTime,
    first: values[0] ?? Number.NaN,
    last: values[count - 1] ?? Number.NaN,
    min: finite === 0 ? Number.NaN : min,
    max: finite === 0 ? Number.NaN : max,
    mean: meanOf(sum, finite, min, max),
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
    firstTime: before.firstTime,
    lastTime: after.lastTime,
    minTime: Math.min(before.minTime, after.minTime),
    maxTime: Math.max(before.maxTime, after.maxTime),
    first: before.first,
    last: after.last,
    min,
    max,
    mean: meanOf(scaledSum(before, finiteBefore) + scaledSum(after, finiteAfter), finite, min, max),
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
