import type { Smoothing } from '../../src/protocol/windows.ts'
import { SUM_SCALE } from '../db/points/point-stats.ts'

/**
 * Smooths a series point by point, looking back only, so that what comes later never moves what was drawn.
 *
 * Distances are along x as far as it goes forward: steps that go back or stay are no distance. What is not finite is
 * passed over, and is NaN in the answer. A constant stays what it is, to the last bit.
 */
export interface Smoother {
  /** Appends points. Shape: one answer a point. Cost: linear; a Gaussian about 50 steps a point. */
  smooth(x: Float64Array, values: Float64Array): Float64Array
  /** Appends points nobody asks about. */
  skip(x: Float64Array, values: Float64Array): void
  /** How far x went forward so far. */
  readonly travelled: number
  /** Appends points that are forgotten again. */
  peek(x: Float64Array, values: Float64Array): Float64Array
  /** Enough to go on from here with `resumeSmoother`; null where what lies behind has to be read again. */
  state(): Float64Array | null
  /** How far back it looks. Unit: of x. */
  readonly reach: number
}

export function makeSmoother({ method, width }: Smoothing): Smoother {
  switch (method) {
    case 'ema':
      return makeEma(width, [0, 0, Number.NaN, 0])
    case 'gaussian':
      return makeStaircase(gaussianStairs(width))
    case 'mean':
      return makeStaircase({ stride: width, weights: Float64Array.of(1) })
  }
}

/** A smoother as it was when it told its state. */
export function resumeSmoother({ width }: Smoothing, state: Float64Array): Smoother {
  return makeEma(width, state)
}

/**
 * The mean of all points so far, each weighing half as much for every `halfLife` it lies back.
 *
 * Source: exponentially weighted moving average over irregular x, with the weights' sum as divisor, so that the beginning
 * is not drawn to zero. State: the mean, the sum of weights, the last x, how far x went.
 */
function makeEma(halfLife: number, from: ArrayLike<number>): Smoother {
  let [mean = 0, weight = 0, lastX = Number.NaN, travelled = 0] = Array.from(from)

  function each(x: Float64Array, values: Float64Array, into: Float64Array | null): void {
    for (let index = 0; index < values.length; index++) {
      const at = x[index] ?? 0
      const distance = at - lastX
      if (distance > 0) {
        weight *= 2 ** (-distance / halfLife)
        travelled += distance
      }
      lastX = at
      const value = values[index] ?? Number.NaN
      if (value - value !== 0) {
        if (into !== null) into[index] = Number.NaN
        continue
      }
      weight += 1
      // Halves, because the difference of two large numbers may be none.
      mean += (value / 2 - mean / 2) * (2 / weight)
      if (into !== null) into[index] = mean
    }
  }

  function smooth(x: Float64Array, values: Float64Array): Float64Array {
    const smoothed = new Float64Array(values.length)
    each(x, values, smoothed)
    return smoothed
  }

  const state = (): Float64Array => Float64Array.of(mean, weight, lastX, travelled)
  return {
    smooth,
    skip: (x, values) => each(x, values, null),
    peek: (x, values) => makeEma(halfLife, state()).smooth(x, values),
    state,
    get travelled() {
      return travelled
    },
    reach: Number.POSITIVE_INFINITY,
  }
}

/** Weights by distance: `weights[k]` from `k` strides back to `k + 1`, nothing beyond. */
interface Stairs {
  readonly stride: number
  readonly weights: Float64Array
}

/** A step is at most 2 % of the top higher than the curve. */
const GAUSSIAN_STAIRS = 48
/** What lies further back weighs 1 % of the nearest. Unit: standard deviations. */
const GAUSSIAN_REACH = 3

function gaussianStairs(sigma: number): Stairs {
  const stride = (GAUSSIAN_REACH * sigma) / GAUSSIAN_STAIRS
  return {
    stride,
    weights: Float64Array.from({ length: GAUSSIAN_STAIRS }, (_, stair) =>
      Math.exp(-0.5 * (((stair + 0.5) * stride) / sigma) ** 2),
    ),
  }
}

/** The finite points that are in reach, and where every stair begins among them. */
interface Behind {
  length: number
  /** Unit: travelled distance. */
  places: Float64Array
  /** Sums of all values before, less the first value of all, scaled. Shape: one longer than `places`. */
  sums: Float64Array
  /** The first point of each stair, from the nearest. */
  begins: Int32Array
}

function makeStaircase({ stride, weights }: Stairs): Smoother {
  const reach = stride * weights.length
  let lastX = Number.NaN
  let travelled = 0
  let origin = Number.NaN
  const behind: Behind = {
    length: 0,
    places: new Float64Array(1024),
    sums: new Float64Array(1025),
    begins: new Int32Array(weights.length),
  }

  function append(value: number): void {
    if (behind.length === behind.places.length) makeRoom()
    if (Number.isNaN(origin)) origin = value * SUM_SCALE
    const end = behind.length
    behind.places[end] = travelled
    behind.sums[end + 1] = (behind.sums[end] ?? 0) + (value * SUM_SCALE - origin)
    behind.length = end + 1
  }

  /** Forgets what is out of reach, or doubles the room where that is not much. */
  function makeRoom(): void {
    const gone = behind.begins[weights.length - 1] ?? 0
    const kept = behind.length - gone
    const room = kept * 2 > behind.places.length ? behind.places.length * 2 : behind.places.length
    const places = new Float64Array(room)
    const sums = new Float64Array(room + 1)
    places.set(behind.places.subarray(gone, behind.length))
    sums.set(behind.sums.subarray(gone, behind.length + 1))
    behind.places = places
    behind.sums = sums
    behind.length = kept
    for (let stair = 0; stair < weights.length; stair++)
      behind.begins[stair] = Math.max(0, (behind.begins[stair] ?? 0) - gone)
  }

  function meanBehind(): number {
    const { places, sums, begins, length } = behind
    let above = length
    let sum = 0
    let weight = 0
    for (let stair = 0; stair < weights.length; stair++) {
      const bound = travelled - (stair + 1) * stride
      let begin = begins[stair] ?? 0
      while (begin < above && (places[begin] ?? 0) <= bound) begin += 1
      begins[stair] = begin
      const share = weights[stair] ?? 0
      sum += share * ((sums[above] ?? 0) - (sums[begin] ?? 0))
      weight += share * (above - begin)
      above = begin
    }
    return (origin + sum / weight) / SUM_SCALE
  }

  function each(x: Float64Array, values: Float64Array, into: Float64Array | null): void {
    for (let index = 0; index < values.length; index++) {
      const at = x[index] ?? 0
      const distance = at - lastX
      if (distance > 0) travelled += distance
      lastX = at
      const value = values[index] ?? Number.NaN
      const isFinite = value - value === 0
      if (isFinite) append(value)
      if (into !== null) into[index] = isFinite ? meanBehind() : Number.NaN
    }
  }

  function smooth(x: Float64Array, values: Float64Array): Float64Array {
    const smoothed = new Float64Array(values.length)
    each(x, values, smoothed)
    return smoothed
  }

  return {
    smooth,
    skip: (x, values) => each(x, values, null),
    peek(x, values) {
      const before = { lastX, travelled, origin, length: behind.length, begins: behind.begins.slice() }
      const { places, sums } = behind
      const smoothed = smooth(x, values)
      const isSame = behind.places === places
      lastX = before.lastX
      travelled = before.travelled
      origin = before.origin
      behind.length = before.length
      behind.begins = before.begins
      if (!isSame) {
        behind.places = places
        behind.sums = sums
      }
      return smoothed
    },
    state: () => null,
    get travelled() {
      return travelled
    },
    reach,
  }
}
