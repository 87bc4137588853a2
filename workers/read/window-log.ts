import type { XAxis } from '../../src/protocol/windows.ts'
import type { CellColumns, Grid } from './window-cells.ts'

/** How far down a log axis reaches where x may be anything: four decades. */
const LEAST_PART = 1e-4

/** The part of a grid that a log axis shows: a step or a millisecond from 0 on is the first place on it. */
export function positiveGrid(grid: Grid, x: XAxis): Grid {
  if (grid.from > 0) return grid
  const least = typeof x === 'object' ? grid.to * LEAST_PART : 1
  return { ...grid, from: Math.min(least, grid.to / 2) }
}

/**
 * Adds up what lies on a log axis: octave by octave, so that no bucket is more than twice as wide on the screen as another.
 *
 * Cost: looks at the units of a series once an octave.
 */
export function fillOctaves(fill: (grid: Grid) => CellColumns, grid: Grid): CellColumns {
  return joinCells(octavesOf(grid).map(fill))
}

/** The octaves of a grid, at most as many as it has buckets, which they share. Shape: ascending, none overlap. */
export function octavesOf({ from, to, buckets }: Grid): readonly Grid[] {
  const count = Math.max(1, Math.min(buckets, Math.ceil(Math.log2(to / from))))
  const edges = Array.from({ length: count }, (_, index) => from * (to / from) ** (index / count))
  const each = Math.max(1, Math.floor(buckets / count))
  return edges.map((edge, index) => {
    const next = edges[index + 1]
    return { from: index === 0 ? from : edge, to: next === undefined ? to : below(next), buckets: each }
  })
}

/** The greatest number less than another. Takes finite positive ones. */
function below(value: number): number {
  const bits = new BigInt64Array(Float64Array.of(value).buffer)
  bits[0] = (bits[0] ?? 0n) - 1n
  return new Float64Array(bits.buffer)[0] ?? value
}

function joinCells(parts: readonly CellColumns[]): CellColumns {
  const floats = (column: (part: CellColumns) => Float64Array): Float64Array =>
    joinColumns(parts.map(column), Float64Array)
  const counts = (column: (part: CellColumns) => Uint32Array): Uint32Array =>
    joinColumns(parts.map(column), Uint32Array)
  return {
    points: parts.reduce((sum, { points }) => sum + points, 0),
    x: floats((part) => part.x),
    first: floats((part) => part.first),
    last: floats((part) => part.last),
    mean: floats((part) => part.mean),
    min: floats((part) => part.min),
    max: floats((part) => part.max),
    count: counts((part) => part.count),
    nonFinite: {
      x: floats((part) => part.nonFinite.x),
      nan: counts((part) => part.nonFinite.nan),
      posInf: counts((part) => part.nonFinite.posInf),
      negInf: counts((part) => part.nonFinite.negInf),
    },
  }
}

function joinColumns<T extends Float64Array | Uint32Array>(
  columns: readonly T[],
  Column: new (length: number) => T,
): T {
  const joined = new Column(columns.reduce((length, column) => length + column.length, 0))
  let offset = 0
  for (const column of columns) {
    joined.set(column, offset)
    offset += column.length
  }
  return joined
}
