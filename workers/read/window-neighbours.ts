import type { Grid } from './window-cells.ts'
import type { Parts } from './window-parts.ts'

/** A finite point outside a window. `part` orders equals by when they were logged. */
export interface Neighbour {
  readonly x: number
  readonly value: number
  readonly part: number
}

/**
 * The finite point with the greatest x below the window, the last logged among equals; null when there is none.
 *
 * Cost: one pass over the bounds of the chunks, and the decoding of one chunk unless its end is not finite.
 */
export function readBefore(parts: Parts, { from }: Grid): Neighbour | null {
  let nearest: Neighbour | null = null
  const read = new Set<number>()
  for (;;) {
    const part = bestPart(parts, read, (part) =>
      parts.min(part) < from ? Math.min(parts.max(part), from) : -Infinity,
    )
    if (part === null || (nearest !== null && parts.max(part) < nearest.x)) return nearest
    read.add(part)
    const { x, values } = parts.read(part)
    for (let index = 0; index < values.length; index++) {
      const value = values[index] ?? Number.NaN
      const at = (x[index] ?? 0) - parts.origin
      if (value - value !== 0 || at >= from) continue
      const isNearer = nearest === null || at > nearest.x || (at === nearest.x && part >= nearest.part)
      if (isNearer) nearest = { x: at, value, part }
    }
  }
}

/** The finite point with the least x above the window, the first logged among equals; null when there is none. */
export function readAfter(parts: Parts, { to }: Grid): Neighbour | null {
  let nearest: Neighbour | null = null
  const read = new Set<number>()
  for (;;) {
    const part = bestPart(parts, read, (part) =>
      parts.max(part) > to ? -Math.max(parts.min(part), to) : -Infinity,
    )
    if (part === null || (nearest !== null && parts.min(part) > nearest.x)) return nearest
    read.add(part)
    const { x, values } = parts.read(part)
    for (let index = 0; index < values.length; index++) {
      const value = values[index] ?? Number.NaN
      const at = (x[index] ?? 0) - parts.origin
      if (value - value !== 0 || at <= to) continue
      const isNearer = nearest === null || at < nearest.x || (at === nearest.x && part < nearest.part)
      if (isNearer) nearest = { x: at, value, part }
    }
  }
}

/** The part not read yet with the highest promise; null when none promises anything. */
function bestPart(parts: Parts, read: ReadonlySet<number>, promise: (part: number) => number): number | null {
  let best: number | null = null
  let highest = Number.NEGATIVE_INFINITY
  for (let part = 0; part < parts.count; part++) {
    if (read.has(part) || parts.finite(part) === 0) continue
    const promised = promise(part)
    if (promised <= highest) continue
    highest = promised
    best = part
  }
  return best
}
