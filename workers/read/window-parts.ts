import type { SeriesView } from '../db/points/point-store.ts'
import type { Axis } from './window-axis.ts'

/** A series as parts in log order: its chunks, then its tail. Parts are told by index. */
export interface Parts {
  readonly count: number
  /** To be subtracted from the x of columns. */
  readonly origin: number
  /** The least and the greatest x of a part; an empty part has min > max. */
  min(part: number): number
  max(part: number): number
  /** How many finite points it holds. */
  finite(part: number): number
  read(part: number): PartColumns
}

/** Owner: the store. x is `x[i] − origin`. */
export interface PartColumns {
  readonly x: Float64Array
  readonly values: Float64Array
}

export function partsOf(view: SeriesView, axis: Axis): Parts {
  const { chunks, tail } = view
  const { stats } = chunks
  const mins = axis.minOf(stats)
  const maxs = axis.maxOf(stats)
  const tailX = axis.tailOf(tail)
  const tailBounds = boundsOf(tailX)
  const tailFinite = tail.values.reduce((count, value) => (value - value === 0 ? count + 1 : count), 0)
  const isTail = (part: number): boolean => part === chunks.length
  return {
    count: chunks.length + 1,
    origin: axis.origin,
    min: (part) => (isTail(part) ? tailBounds.min : (mins[part] ?? 0)) - axis.origin,
    max: (part) => (isTail(part) ? tailBounds.max : (maxs[part] ?? 0)) - axis.origin,
    finite(part) {
      if (isTail(part)) return tailFinite
      const others =
        (stats.nanCount[part] ?? 0) + (stats.posInfCount[part] ?? 0) + (stats.negInfCount[part] ?? 0)
      return (stats.count[part] ?? 0) - others
    },
    read(part) {
      if (isTail(part)) return { x: tailX, values: tail.values }
      const columns = view.columns(part)
      return { x: axis.pointsOf(columns), values: columns.values }
    },
  }
}

export function boundsOf(column: Float64Array): { readonly min: number; readonly max: number } {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (const x of column) {
    if (x < min) min = x
    if (x > max) max = x
  }
  return { min, max }
}
