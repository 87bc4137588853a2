import { lowerBound } from '../../model/sorted.ts'
import type { Band } from '../workspace/charts-view.ts'

/** A curve as it is drawn. Shape: x ascending, the rest one entry each, finite. */
export interface Curve {
  readonly x: Float64Array
  readonly mean: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
}

/** The mean of some curves, with a band around it. Shape: one entry a place; `count` says how many curves reach there. */
export interface BandCurve extends Curve {
  readonly count: Uint32Array
}

/**
 * Joins curves into their mean at every x, each curve straight between its entries and nowhere beyond its ends.
 *
 * `min` and `max` are the band: std: one sample deviation to either side. ci: where the mean is to 95 %, by Student's t.
 * range: the least and the greatest value of any curve, with all that its entries there stand for. A single curve has no
 * deviation, so its band is the line itself. The places are those of all curves, or `most` even ones when there are more.
 *
 * Cost: places × curves.
 */
export function joinCurves(curves: readonly Curve[], band: Band, most: number): BandCurve {
  const places = placesOf(curves, most)
  const { length } = places
  const count = new Uint32Array(length)
  const mean = new Float64Array(length)
  const squares = new Float64Array(length)
  const min = new Float64Array(length).fill(Number.POSITIVE_INFINITY)
  const max = new Float64Array(length).fill(Number.NEGATIVE_INFINITY)
  for (const curve of curves) {
    eachValue(curve, places, (index, value) => {
      // Welford's way: the deviation of large values that differ little keeps its digits.
      const reached = (count[index] ?? 0) + 1
      count[index] = reached
      const before = value - (mean[index] ?? 0)
      mean[index] = (mean[index] ?? 0) + before / reached
      squares[index] = (squares[index] ?? 0) + before * (value - (mean[index] ?? 0))
      if (value < (min[index] ?? 0)) min[index] = value
      if (value > (max[index] ?? 0)) max[index] = value
    })
  }
  if (band !== 'range') {
    for (let index = 0; index < length; index += 1) {
      const reached = count[index] ?? 0
      const deviation = reached < 2 ? 0 : Math.sqrt((squares[index] ?? 0) / (reached - 1))
      const half =
        band === 'std'
          ? deviation
          : reached < 2
            ? 0
            : (studentT(reached - 1) * deviation) / Math.sqrt(reached)
      min[index] = (mean[index] ?? 0) - half
      max[index] = (mean[index] ?? 0) + half
    }
  }
  const joined = onlyReached({ x: places, count, mean, min, max })
  // Only now: what lies nearest to a place that no curve reaches would go with it.
  if (band === 'range') for (const curve of curves) widen(curve, joined)
  return joined
}

/** Every x of the curves, once, ascending; even places between the ends when there are more than `most`. Cost: curves × most. */
function placesOf(curves: readonly Curve[], most: number): Float64Array {
  let all = new Float64Array(0)
  for (const { x } of curves) {
    all = union(all, x)
    if (all.length > most) return evenPlaces(curves, most)
  }
  return all
}

function evenPlaces(curves: readonly Curve[], most: number): Float64Array {
  const from = curves.reduce((least, { x }) => Math.min(least, x[0] ?? least), Number.POSITIVE_INFINITY)
  const to = curves.reduce(
    (greatest, { x }) => Math.max(greatest, x.at(-1) ?? greatest),
    Number.NEGATIVE_INFINITY,
  )
  return Float64Array.from({ length: most }, (_, index) =>
    index === most - 1 ? to : from + ((to - from) * index) / (most - 1),
  )
}

/** What is in one or both of two ascending columns, once. */
function union(a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const joined = new Float64Array(a.length + b.length)
  let length = 0
  for (let left = 0, right = 0; left < a.length || right < b.length;) {
    const [one, other] = [a[left] ?? Number.POSITIVE_INFINITY, b[right] ?? Number.POSITIVE_INFINITY]
    const next = Math.min(one, other)
    if (length === 0 || joined[length - 1] !== next) joined[length++] = next
    if (one === next) left += 1
    if (other === next) right += 1
  }
  return joined.slice(0, length)
}

/** The value of a curve at every place between its ends. Of entries that share an x the last counts. */
function eachValue(
  { x, mean }: Curve,
  places: Float64Array,
  visit: (index: number, value: number) => void,
): void {
  if (x.length === 0) return
  const last = x.at(-1) ?? 0
  let right = 0
  for (let index = lowerBound(places, x[0] ?? 0); index < places.length; index += 1) {
    const place = places[index] ?? 0
    if (place > last) return
    while (right + 1 < x.length && (x[right + 1] ?? 0) <= place) right += 1
    const [fromX, fromY] = [x[right] ?? 0, mean[right] ?? 0]
    const [toX, toY] = [x[right + 1] ?? fromX, mean[right + 1] ?? fromY]
    const part = toX > fromX ? (place - fromX) / (toX - fromX) : 0
    visit(index, part === 0 ? fromY : fromY + (toY - fromY) * part)
  }
}

/** Takes what the entries of a curve stand for into the place nearest to each. */
function widen({ x, min, max }: Curve, { x: places, min: low, max: high }: BandCurve): void {
  for (let entry = 0; entry < x.length; entry += 1) {
    const at = x[entry] ?? 0
    const right = Math.min(lowerBound(places, at), places.length - 1)
    const left = Math.max(0, right - 1)
    const index = Math.abs((places[right] ?? 0) - at) <= Math.abs(at - (places[left] ?? 0)) ? right : left
    low[index] = Math.min(low[index] ?? 0, min[entry] ?? 0)
    high[index] = Math.max(high[index] ?? 0, max[entry] ?? 0)
  }
}

function onlyReached({ x, mean, min, max, count }: BandCurve): BandCurve {
  if (count.every((reached) => reached > 0)) return { x, mean, min, max, count }
  const keep = (column: Float64Array): Float64Array => column.filter((_, index) => (count[index] ?? 0) > 0)
  return {
    x: keep(x),
    mean: keep(mean),
    min: keep(min),
    max: keep(max),
    count: count.filter((reached) => reached > 0),
  }
}

/** Two-sided 95 % of Student's t, by degrees of freedom from 1. Source: any table of the distribution. */
const T_95 = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788, 2.1604,
  2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.093, 2.086, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555,
  2.0518, 2.0484, 2.0452, 2.0423,
]
const NORMAL_95 = 1.95996

/** Beyond the table by the first term of its expansion at the normal distribution: to three digits. */
function studentT(freedom: number): number {
  return T_95[freedom - 1] ?? NORMAL_95 + (NORMAL_95 ** 3 + NORMAL_95) / (4 * freedom)
}
