import type { SeriesWindow } from '../../protocol/windows.ts'
import { lowerBound } from '../../model/sorted.ts'
import type { XRange } from '../workspace/x-range.ts'

/** A window inside a range, and another, coarser one around it. Shape: x ascending. Cost: linear in what is joined. */
export function joinWindows(around: SeriesWindow, inside: SeriesWindow, range: XRange): SeriesWindow {
  const isRaw = around.raw && inside.raw
  const outer = cutsOf(around.x, range)
  const inner = { from: lowerBound(inside.x, range.from), to: upperBound(inside.x, range.to) }
  const join = (before: Float64Array, between: Float64Array): Float64Array =>
    concat(
      before.subarray(0, outer.left),
      between.subarray(inner.from, inner.to),
      before.subarray(outer.right),
    )
  const mean = join(around.mean, inside.mean)
  const marks = cutsOf(around.nonFinite.x, range)
  const joinMarks = <T extends Float64Array | Uint32Array>(before: T, between: T): T =>
    concat(before.subarray(0, marks.left) as T, between, before.subarray(marks.right) as T)
  return {
    ...inside,
    raw: isRaw,
    x: join(around.x, inside.x),
    mean,
    first: mean,
    last: mean,
    min: isRaw ? mean : join(around.min, inside.min),
    max: isRaw ? mean : join(around.max, inside.max),
    nonFinite: {
      x: joinMarks(around.nonFinite.x, inside.nonFinite.x),
      nan: joinMarks(around.nonFinite.nan, inside.nonFinite.nan),
      posInf: joinMarks(around.nonFinite.posInf, inside.nonFinite.posInf),
      negInf: joinMarks(around.nonFinite.negInf, inside.nonFinite.negInf),
    },
  }
}

/** Where the range begins and ends among ascending places. */
function cutsOf(x: Float64Array, range: XRange): { readonly left: number; readonly right: number } {
  return { left: lowerBound(x, range.from), right: upperBound(x, range.to) }
}

function upperBound(x: Float64Array, bound: number): number {
  let index = lowerBound(x, bound)
  while (index < x.length && x[index] === bound) index += 1
  return index
}

function concat<T extends Float64Array | Uint32Array>(first: T, second: T, third: T): T {
  const length = first.length + second.length + third.length
  const joined = (first instanceof Float64Array ? new Float64Array(length) : new Uint32Array(length)) as T
  joined.set(first)
  joined.set(second, first.length)
  joined.set(third, first.length + second.length)
  return joined
}
