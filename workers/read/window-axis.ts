import { isPlausibleSpan, isPlausibleTime, type UnixMs } from '../../src/model/units.ts'
import type { PointAxis } from '../../src/protocol/windows.ts'
import type { ChunkColumns } from '../db/points/chunk-rows.ts'
import type { PointArrays } from '../db/points/point-columns.ts'
import type { PointStats } from '../db/points/point-stats.ts'
import type { StatColumns } from '../db/points/stat-columns.ts'

/** Where x is found in points and in stats; x is the number there minus `origin`. */
export interface Axis {
  /** Which column x is. */
  readonly name: 'step' | 'time'
  readonly origin: number
  /** Whether an x may be meant, and what is shown unzoomed should reach it. */
  isPlausible(x: number): boolean
  pointsOf(columns: ChunkColumns): Float64Array
  tailOf(tail: PointArrays): Float64Array
  minOf(units: StatColumns): Float64Array
  maxOf(units: StatColumns): Float64Array
  /** The least and the greatest x of a whole series. */
  boundsOf(stats: PointStats): readonly [number, number]
}

/** The axis as one run sees it. */
export function axisOf(x: PointAxis, startedAt: UnixMs): Axis {
  if (x === 'step') {
    return {
      name: 'step',
      origin: 0,
      isPlausible: () => true,
      pointsOf: (columns) => columns.steps(),
      tailOf: (tail) => tail.steps,
      minOf: (units) => units.minStep,
      maxOf: (units) => units.maxStep,
      boundsOf: (stats) => [stats.minStep, stats.maxStep],
    }
  }
  const origin = x === 'relative' ? startedAt : 0
  return {
    name: 'time',
    origin,
    isPlausible: x === 'relative' ? isPlausibleSpan : isPlausibleTime,
    pointsOf: (columns) => columns.times(),
    tailOf: (tail) => tail.times,
    minOf: (units) => units.minTime,
    maxOf: (units) => units.maxTime,
    boundsOf: (stats) => [stats.minTime - origin, stats.maxTime - origin],
  }
}
