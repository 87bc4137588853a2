import { meanOf, SUM_SCALE } from '../db/points/point-stats.ts'
import type { StatColumns } from '../db/points/stat-columns.ts'

/** The grid of a request: `buckets` equal parts of `from` … `to`, both inclusive. */
export interface Grid {
  readonly from: number
  readonly to: number
  readonly buckets: number
}

/** The width of a bucket; 0 when the window is one x. */
export function bucketWidth({ from, to, buckets }: Grid): number {
  return (to - from) / buckets
}

/** The middle of a bucket: where it is drawn. */
export function bucketPlace(grid: Grid, bucket: number): number {
  return grid.from + (bucket + 0.5) * bucketWidth(grid)
}

/** Adds up points and units by bucket. */
export interface Cells {
  /** Points that are at x[i] − origin, `first` ≤ i < `last`; those outside the grid are passed over. */
  addPoints(x: Float64Array, origin: number, values: Float64Array, first: number, last: number): void
  /** A unit of a chunk that lies inside the grid, whole, as if all its points were at `x`. Units come in log order. */
  addUnit(units: StatColumns, unit: number, x: number, chunk: number): void
  /** `endsOf` is asked for units whose first or last point is not finite, at most twice a bucket. */
  finish(endsOf: (unit: OpenUnit) => Ends): CellColumns
}

/** A unit that stats do not tell the first or the last finite value of. */
export interface OpenUnit {
  readonly units: StatColumns
  readonly unit: number
  readonly chunk: number
}

/** The first and the last finite value in log order. */
export interface Ends {
  readonly first: number
  readonly last: number
}

/** What a grid holds. Shape: `x` … `count` one entry per bucket with finite points, `nonFinite` per bucket with others. */
export interface CellColumns {
  readonly points: number
  readonly x: Float64Array
  readonly first: Float64Array
  readonly last: Float64Array
  readonly mean: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  readonly count: Uint32Array
  readonly nonFinite: NonFiniteColumns
}

export interface NonFiniteColumns {
  readonly x: Float64Array
  readonly nan: Uint32Array
  readonly posInf: Uint32Array
  readonly negInf: Uint32Array
}

export function makeCells(grid: Grid): Cells {
  const { from, to, buckets } = grid
  const finite = new Uint32Array(buckets)
  const firsts = new Float64Array(buckets)
  const lasts = new Float64Array(buckets)
  const sums = new Float64Array(buckets)
  const mins = new Float64Array(buckets).fill(Number.POSITIVE_INFINITY)
  const maxs = new Float64Array(buckets).fill(Number.NEGATIVE_INFINITY)
  const nan = new Uint32Array(buckets)
  const posInf = new Uint32Array(buckets)
  const negInf = new Uint32Array(buckets)
  const openFirsts = new Map<number, OpenUnit>()
  const openLasts = new Map<number, OpenUnit>()
  const perX = to > from ? buckets / (to - from) : 0
  const lastBucket = buckets - 1

  function addFinite(
    bucket: number,
    count: number,
    scaledSum: number,
    low: number,
    high: number,
    first: number,
    last: number,
  ): void {
    if (count === 0) return
    if (finite[bucket] === 0) firsts[bucket] = first
    lasts[bucket] = last
    if (openLasts.size > 0) openLasts.delete(bucket)
    finite[bucket] = (finite[bucket] ?? 0) + count
    sums[bucket] = (sums[bucket] ?? 0) + scaledSum
    if (low < (mins[bucket] ?? 0)) mins[bucket] = low
    if (high > (maxs[bucket] ?? 0)) maxs[bucket] = high
  }

  function addPoints(
    x: Float64Array,
    origin: number,
    values: Float64Array,
    first: number,
    last: number,
  ): void {
    // Neighbours mostly share a bucket: it is kept in locals until the next one begins.
    let open = 0
    let count = 0
    let sum = 0
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    let begin = 0
    let end = 0
    for (let index = first; index < last; index++) {
      const at = (x[index] ?? 0) - origin
      if (at < from || at > to) continue
      const place = Math.floor((at - from) * perX)
      const bucket = place < lastBucket ? place : lastBucket
      if (bucket !== open) {
        addFinite(open, count, sum, low, high, begin, end)
        open = bucket
        count = 0
        sum = 0
        low = Number.POSITIVE_INFINITY
        high = Number.NEGATIVE_INFINITY
      }
      const value = values[index] ?? 0
      if (value - value === 0) {
        if (count === 0) begin = value
        end = value
        count += 1
        sum += value * SUM_SCALE
        if (value < low) low = value
        if (value > high) high = value
      } else {
        const counts = value > 0 ? posInf : value < 0 ? negInf : nan
        counts[bucket] = (counts[bucket] ?? 0) + 1
      }
    }
    addFinite(open, count, sum, low, high, begin, end)
  }

  function addUnit(units: StatColumns, unit: number, x: number, chunk: number): void {
    const bucket = Math.max(0, Math.min(lastBucket, Math.floor((x - from) * perX)))
    const nans = units.nanCount[unit] ?? 0
    const highs = units.posInfCount[unit] ?? 0
    const lows = units.negInfCount[unit] ?? 0
    const numbers = (units.count[unit] ?? 0) - nans - highs - lows
    nan[bucket] = (nan[bucket] ?? 0) + nans
    posInf[bucket] = (posInf[bucket] ?? 0) + highs
    negInf[bucket] = (negInf[bucket] ?? 0) + lows
    if (numbers === 0) return
    const first = units.first[unit] ?? 0
    const last = units.last[unit] ?? 0
    if (first - first !== 0 && finite[bucket] === 0) openFirsts.set(bucket, { units, unit, chunk })
    const scaledSum = (units.mean[unit] ?? 0) * SUM_SCALE * numbers
    addFinite(bucket, numbers, scaledSum, units.min[unit] ?? 0, units.max[unit] ?? 0, first, last)
    if (last - last !== 0) openLasts.set(bucket, { units, unit, chunk })
  }

  return {
    addPoints,
    addUnit,
    finish(endsOf) {
      for (const [bucket, unit] of openFirsts) firsts[bucket] = endsOf(unit).first
      for (const [bucket, unit] of openLasts) lasts[bucket] = endsOf(unit).last
      const drawn = occupied(buckets, (bucket) => (finite[bucket] ?? 0) > 0)
      const marked = occupied(
        buckets,
        (bucket) => (nan[bucket] ?? 0) + (posInf[bucket] ?? 0) + (negInf[bucket] ?? 0) > 0,
      )
      const pick = (column: Float64Array): Float64Array => pickValues(drawn, column)
      return {
        points: total(finite) + total(nan) + total(posInf) + total(negInf),
        x: drawn.map((bucket) => bucketPlace(grid, bucket)),
        first: pick(firsts),
        last: pick(lasts),
        mean: drawn.map((bucket) =>
          meanOf(sums[bucket] ?? 0, finite[bucket] ?? 0, mins[bucket] ?? 0, maxs[bucket] ?? 0),
        ),
        min: pick(mins),
        max: pick(maxs),
        count: pickCounts(drawn, finite),
        nonFinite: {
          x: marked.map((bucket) => bucketPlace(grid, bucket)),
          nan: pickCounts(marked, nan),
          posInf: pickCounts(marked, posInf),
          negInf: pickCounts(marked, negInf),
        },
      }
    },
  }
}

/** Loops, for a call and an iterator an entry are half of the time that hundreds of series take. */
function pickValues(places: Float64Array, column: Float64Array): Float64Array {
  const picked = new Float64Array(places.length)
  for (let index = 0; index < places.length; index++) picked[index] = column[places[index] ?? 0] ?? 0
  return picked
}

function pickCounts(places: Float64Array, column: Uint32Array): Uint32Array {
  const picked = new Uint32Array(places.length)
  for (let index = 0; index < places.length; index++) picked[index] = column[places[index] ?? 0] ?? 0
  return picked
}

function total(column: Float64Array | Uint32Array): number {
  let sum = 0
  for (const count of column) sum += count
  return sum
}

function occupied(buckets: number, isOccupied: (bucket: number) => boolean): Float64Array {
  const found = new Float64Array(buckets)
  let count = 0
  for (let bucket = 0; bucket < buckets; bucket++) if (isOccupied(bucket)) found[count++] = bucket
  return found.slice(0, count)
}
