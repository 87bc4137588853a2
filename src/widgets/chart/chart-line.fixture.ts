import type { ChartLine } from './chart-line.ts'

/** A raw line of finite values, for tests. Shape: `x` and `values` of one length; x counts from 0 unless given. */
export function rawLine(
  values: ArrayLike<number>,
  x: ArrayLike<number> = Array.from(values, (_, index) => index),
): ChartLine {
  const column = Float64Array.from(values)
  return {
    id: 'a',
    name: 'a',
    color: 'series-1',
    stroke: 0,
    raw: true,
    points: column.length,
    x: Float64Array.from(x),
    mean: column,
    min: column,
    max: column,
    smoothed: null,
    nonFinite: {
      x: new Float64Array(0),
      nan: new Uint32Array(0),
      posInf: new Uint32Array(0),
      negInf: new Uint32Array(0),
    },
  }
}
