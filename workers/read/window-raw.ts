import type { Grid } from './window-cells.ts'
import { readAfter, readBefore } from './window-neighbours.ts'
import type { Neighbour } from './window-neighbours.ts'
import type { Parts } from './window-parts.ts'

/** Finite points sorted by x, log order among equals. */
export interface RawColumns {
  readonly x: Float64Array
  readonly values: Float64Array
  /** How many of them are inside the window; the others are its neighbours. */
  readonly inside: number
}

/**
 * The finite points inside the grid with the nearest finite one on either side; null when more than `most` are inside.
 *
 * Cost: decodes the chunks that reach into the window until `most` is passed, and a chunk or two for the neighbours.
 */
export function readRaw(parts: Parts, grid: Grid, most: number): RawColumns | null {
  if (leastInside(parts, grid) > most) return null
  const xs: number[] = []
  const values: number[] = []
  for (let part = 0; part < parts.count; part++) {
    if (parts.finite(part) === 0 || parts.max(part) < grid.from || parts.min(part) > grid.to) continue
    const columns = parts.read(part)
    for (let index = 0; index < columns.values.length; index++) {
      const value = columns.values[index] ?? Number.NaN
      const x = (columns.x[index] ?? 0) - parts.origin
      if (value - value !== 0 || x < grid.from || x > grid.to) continue
      if (xs.length === most) return null
      xs.push(x)
      values.push(value)
    }
  }
  const sorted = sortByX(xs, values)
  const before = toList(readBefore(parts, grid))
  const after = toList(readAfter(parts, grid))
  return {
    x: Float64Array.from([...before.map(({ x }) => x), ...sorted.x, ...after.map(({ x }) => x)]),
    values: Float64Array.from([
      ...before.map(({ value }) => value),
      ...sorted.values,
      ...after.map(({ value }) => value),
    ]),
    inside: xs.length,
  }
}

function toList(neighbour: Neighbour | null): readonly Neighbour[] {
  return neighbour === null ? [] : [neighbour]
}

/** Points that are inside for certain: those of the parts that lie inside whole. */
function leastInside(parts: Parts, grid: Grid): number {
  let least = 0
  for (let part = 0; part < parts.count; part++) {
    if (parts.min(part) >= grid.from && parts.max(part) <= grid.to) least += parts.finite(part)
  }
  return least
}

function sortByX(
  x: readonly number[],
  values: readonly number[],
): { readonly x: readonly number[]; readonly values: readonly number[] } {
  if (x.every((at, index) => index === 0 || at >= (x[index - 1] ?? 0))) return { x, values }
  const order = x.map((_, index) => index).toSorted((a, b) => (x[a] ?? 0) - (x[b] ?? 0) || a - b)
  return { x: order.map((index) => x[index] ?? 0), values: order.map((index) => values[index] ?? 0) }
}
