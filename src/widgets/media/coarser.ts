/** More cells along a side than this are drawn as means of several: no screen has more pixels. */
const MAX_SIDE = 2_048

/** A table of values with at most so many rows and columns that each can be seen. */
export interface CoarseTable {
  readonly values: ArrayLike<number>
  readonly rows: number
  readonly columns: number
}

/** Cost: linear; tables that fit as they are. */
export function coarser(values: ArrayLike<number>, rows: number, columns: number): CoarseTable {
  if (rows <= MAX_SIDE && columns <= MAX_SIDE) return { values, rows, columns }
  const [down, across] = [Math.ceil(rows / MAX_SIDE), Math.ceil(columns / MAX_SIDE)]
  const [fewRows, fewColumns] = [Math.ceil(rows / down), Math.ceil(columns / across)]
  const sums = new Float64Array(fewRows * fewColumns)
  const counts = new Uint32Array(fewRows * fewColumns)
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const value = values[row * columns + column] ?? Number.NaN
      if (!Number.isFinite(value)) continue
      const cell = Math.floor(row / down) * fewColumns + Math.floor(column / across)
      sums[cell] = (sums[cell] ?? 0) + value
      counts[cell] = (counts[cell] ?? 0) + 1
    }
  }
  return { values: sums.map((sum, cell) => sum / (counts[cell] ?? 0)), rows: fewRows, columns: fewColumns }
}
