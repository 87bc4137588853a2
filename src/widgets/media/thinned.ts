import type { DrawnLine } from '../../model/media-content/lines-content.ts'

/** More points of one line than there are pixels. */
const MAX_POINTS = 2_000
/** The first, the least, the greatest and the last of each part are kept. */
const KEPT = 4

/** A line of at most as many points as can be told apart, its extremes among them. Cost: linear; short lines as they are. */
export function thinned(line: DrawnLine): DrawnLine {
  const count = line.x.length
  if (count <= MAX_POINTS) return line
  const parts = MAX_POINTS / KEPT
  const kept: number[] = []
  for (let part = 0; part < parts; part += 1) {
    const from = Math.floor((part * count) / parts)
    const to = Math.floor(((part + 1) * count) / parts)
    let [least, greatest] = [from, from]
    for (let index = from; index < to; index += 1) {
      const value = line.y[index] ?? Number.NaN
      if (value < (line.y[least] ?? 0)) least = index
      if (value > (line.y[greatest] ?? 0)) greatest = index
    }
    kept.push(...new Set([from, Math.min(least, greatest), Math.max(least, greatest), to - 1]))
  }
  return {
    ...line,
    x: Float64Array.from(kept, (index) => line.x[index] ?? Number.NaN),
    y: Float64Array.from(kept, (index) => line.y[index] ?? Number.NaN),
  }
}
