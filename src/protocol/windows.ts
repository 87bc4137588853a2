import type { RunId } from '../model/units.ts'
import type { DatabaseId } from './database-id.ts'

/** What every point carries. relative: milliseconds since the run started. */
export type PointAxis = 'step' | 'time' | 'relative'

/**
 * Another metric of the same run: x is what it said last at the step of the point.
 *
 * Cost: not bounded by the buckets but by the points, as x may be in any order: about 100 ms a million points when first
 * asked, 25 ms when both have grown, then 10 ms a million that reach into the window. Memory is bounded by caches.
 */
export interface MetricAxis {
  readonly metric: string
}

export type XAxis = PointAxis | MetricAxis

export const SMOOTHING_METHODS = ['ema', 'gaussian', 'mean'] as const
export type SmoothingMethod = (typeof SMOOTHING_METHODS)[number]

/**
 * How a line is smoothed, from its own points before any are merged into buckets, looking back only: what was drawn never
 * moves when points come. A constant stays the same.
 *
 * `width`: ema: how far back a point weighs half as much. gaussian: the standard deviation of its weights, to three of
 * them back. mean: how far back points count. Unit: of x; of steps where x is a metric.
 */
export interface Smoothing {
  readonly method: SmoothingMethod
  readonly width: number
}

export interface WindowRequest {
  readonly database: DatabaseId
  readonly x: XAxis
  /** Inclusive bounds in the unit of x; null for the end of the longest series. */
  readonly from: number | null
  readonly to: number | null
  /** At most this many buckets a series (1 … MAX_BUCKETS): the pixels there are. */
  readonly buckets: number
  readonly series: readonly { readonly runId: RunId; readonly key: string }[]
  /** log: buckets are about as wide as each other on a log axis, and x ≤ 0 is not in the window. Linear when left out. */
  readonly scale?: 'log'
  /** Nothing is smoothed when left out. */
  readonly smoothing?: Smoothing
  /** A window for each lap of a series whose steps start over, where x is no time; see `Lap`. One for all when left out. */
  readonly laps?: true
}

/** Wider than any screen; bounds what one answer may weigh. */
export const MAX_BUCKETS = 16_384

/**
 * One of the times that a series went through its steps: after a resume that went back, or once an epoch.
 *
 * A step that is lower than the highest so far begins a new lap, unless it comes late: fewer than LATE_POINTS points were logged
 * above it, and it is none of those. So what asynchronous code logs a little out of order stays in its lap.
 */
export interface Lap {
  /** From 1. */
  readonly index: number
  /** How many there are. Of more than MAX_LAPS the oldest are one, of `index` 1: their mean, and the range it lies in. */
  readonly of: number
  /** How many laps this window is of: 1 but for the oldest. */
  readonly count: number
}

/** How far back a step may lie that comes late. Unit: points. */
export const LATE_POINTS = 64

/** More lines of one colour are not told apart. */
export const MAX_LAPS = 12

export interface WindowsAnswer {
  /** The bounds that were used, after nulls were resolved. */
  readonly from: number
  readonly to: number
  /** In the order asked, laps from the oldest; a series that does not exist is there with 0 points. */
  readonly windows: readonly SeriesWindow[]
}

/**
 * One series in a window, drawn exactly: no extreme inside the window is lost.
 *
 * `raw`: at most 2 × buckets finite points lie in the window and each is an entry, sorted by x (log order among equals),
 * followed and preceded by the one finite neighbour outside the window so that lines run to the edge; `first`, `last`,
 * `mean`, `min` and `max` are then the same array and `count` is all ones.
 * Otherwise an entry is a bucket that holds finite points, x ascending; `x` is the bucket's place on a grid shared by
 * all series of the request. All columns but `x` speak of the finite points of the bucket; `first` and `last` are in log
 * order, which is the order of x unless steps went backward.
 */
export interface SeriesWindow {
  readonly runId: RunId
  readonly key: string
  readonly raw: boolean
  /** Points inside the window, non-finite ones included. */
  readonly points: number
  /**
   * Points of the whole series that are nowhere on this x and in no other column: with a metric as x those at whose step
   * it said nothing, or NaN or ±Infinity. 0 with any other x.
   */
  readonly unplaced: number
  readonly x: Float64Array
  readonly first: Float64Array
  readonly last: Float64Array
  readonly mean: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  readonly count: Uint32Array
  /** NaN and ±Inf, merged per bucket. Shape: one entry per place, x ascending. */
  readonly nonFinite: {
    readonly x: Float64Array
    readonly nan: Uint32Array
    readonly posInf: Uint32Array
    readonly negInf: Uint32Array
  }
  /**
   * Of a run that was forked from another: the last x up to which its points are those of its parents, which come before
   * its own in all columns. Absent where all are its own, or x is a metric.
   */
  readonly forkedAt?: number
  /**
   * Points at times before 1990 or after 2100, or further than ten years from the start of the run, which an open end of the window
   * does not reach. Absent where there are none, or all series have no others.
   */
  readonly astray?: number
  /** Absent where steps never start over, or laps were not asked for. */
  readonly lap?: Lap
  /** The line smoothed, when that was asked: its points where `raw`, else its mean in every bucket. Shape: x ascending. */
  readonly smoothed: { readonly x: Float64Array; readonly mean: Float64Array } | null
}
