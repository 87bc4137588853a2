import type { Stroke } from '../dashes.ts'
import { lowerBound } from '../../model/sorted.ts'

/** How the x of a chart is read: steps, milliseconds since the run started or since the epoch, or values of a metric. */
export type XKind = 'step' | 'relative' | 'time' | 'metric'

export interface ChartRange {
  readonly from: number
  readonly to: number
}

/**
 * One curve: a mean with its envelope, drawn as it is.
 *
 * Shape: x ascending; `mean`, `min` and `max` finite, one entry per x; the same array three times when `raw`.
 */
export interface ChartLine {
  readonly id: string
  readonly name: string
  /** `series-1` … `series-8` or `#rrggbb`. */
  readonly color: string
  /** 0 solid, 1 dashed, 2 dotted. */
  readonly stroke: Stroke
  readonly raw: boolean
  /** Points the entries stand for, non-finite ones included. */
  readonly points: number
  readonly x: Float64Array
  readonly mean: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  /** Of several lines of one run this is none of the newest, and drawn fainter. */
  readonly isPast?: boolean
  /** How many times its run went through its steps, where that is more than once. */
  readonly laps?: number | undefined
  /** Where it goes on from another run's points; undefined where all are its own. */
  readonly forkedAt?: number | undefined
  /** The line smoothed; then the mean is drawn faint behind it. Shape: x ascending, `mean` finite. */
  readonly smoothed: { readonly x: Float64Array; readonly mean: Float64Array } | null
  readonly nonFinite: {
    readonly x: Float64Array
    readonly nan: Uint32Array
    readonly posInf: Uint32Array
    readonly negInf: Uint32Array
  }
}

/**
 * Cuts a line where a non-finite value lies between two entries, so that a hole is never drawn over.
 *
 * Shape: half-open index pairs [start, end, start, end, …] covering the entries from `from` to `to`.
 */
export function lineSegments(
  line: Pick<ChartLine, 'x' | 'nonFinite'>,
  from: number,
  to: number,
): readonly number[] {
  if (from >= to) return []
  const holes = line.nonFinite.x
  if (holes.length === 0) return [from, to]
  const segments: number[] = []
  let start = from
  let hole = lowerBound(holes, line.x[from] ?? 0)
  for (let index = from + 1; index < to; index += 1) {
    const before = line.x[index - 1] ?? 0
    const here = line.x[index] ?? 0
    while (hole < holes.length && (holes[hole] ?? 0) <= before) hole += 1
    if (hole < holes.length && (holes[hole] ?? 0) < here) {
      segments.push(start, index)
      start = index
    }
  }
  segments.push(start, to)
  return segments
}

/** The entries that reach into a range: those inside and one neighbour on either side. */
export function entriesInRange(
  line: Pick<ChartLine, 'x'>,
  range: ChartRange,
): { readonly from: number; readonly to: number } {
  return {
    from: Math.max(0, lowerBound(line.x, range.from) - 1),
    to: Math.min(line.x.length, lowerBound(line.x, range.to) + 2),
  }
}

/** Whether steps are drawn that are fractions, which only points drawn one by one tell: buckets have places of their own. */
export function hasFractions(lines: readonly Pick<ChartLine, 'raw' | 'x'>[]): boolean {
  return lines.some(({ raw, x }) => raw && !x.every(Number.isInteger))
}

export interface NonFiniteCounts {
  readonly nan: number
  readonly posInf: number
  readonly negInf: number
}

/** How many values inside the range are no finite number. */
export function countNonFinite(lines: readonly ChartLine[], range: ChartRange): NonFiniteCounts {
  const counts = { nan: 0, posInf: 0, negInf: 0 }
  for (const { nonFinite } of lines) {
    for (let index = 0; index < nonFinite.x.length; index += 1) {
      const x = nonFinite.x[index] ?? 0
      if (x < range.from || x > range.to) continue
      counts.nan += nonFinite.nan[index] ?? 0
      counts.posInf += nonFinite.posInf[index] ?? 0
      counts.negInf += nonFinite.negInf[index] ?? 0
    }
  }
  return counts
}
