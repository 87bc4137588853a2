import type { Bins } from './bins.ts'

/** The runs that two params put together. */
export interface HeatCell {
  readonly rows: readonly number[]
  /** Of those that have a finite number; null where none has. */
  readonly mean: number | null
  /** How many have one. */
  readonly counted: number
}

/** Shape: for each bin of `y` one cell for each of `x`. A run that lacks one of the two is in none. */
export function heatCells(x: Bins, y: Bins, values: Float64Array): readonly (readonly HeatCell[])[] {
  const rows = y.labels.map(() => x.labels.map((): number[] => []))
  for (const [row, place] of x.of.entries()) rows[y.of[row] ?? -1]?.[place]?.push(row)
  return rows.map((line) => line.map((each) => toCell(each, values)))
}

function toCell(rows: readonly number[], values: Float64Array): HeatCell {
  const counted = rows.map((row) => values[row] ?? Number.NaN).filter(Number.isFinite)
  // Part by part: a sum of the largest numbers is none.
  const mean = counted.reduce((sum, value) => sum + value / counted.length, 0)
  return { rows, mean: counted.length === 0 ? null : mean, counted: counted.length }
}
