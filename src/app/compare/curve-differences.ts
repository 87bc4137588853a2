import { lowerBound } from '../../model/sorted.ts'
import { lineSegments, type ChartLine } from '../../widgets/chart/chart-line.ts'

/** A curve and where it has holes. */
type Curve = Pick<ChartLine, 'x' | 'mean' | 'nonFinite'>

/**
 * Curves minus the one of the baseline, whose own is 0 all along.
 *
 * At each x of a run, between two points of the baseline, what lies on the straight line between them is subtracted;
 * beyond its ends and in its holes there is no difference. What is smoothed is subtracted from what is smoothed. Where
 * entries are buckets it is means that are subtracted: extremes have no difference. Empty without the baseline; of several
 * laps of it the newest counts.
 */
export function curveDifferences(lines: readonly ChartLine[], baseline: string): readonly ChartLine[] {
  const base = lines.findLast(({ id }) => id === baseline)
  if (base === undefined) return []
  return lines.map((line) => minus(line, base)).filter(({ x }) => x.length > 0)
}

function minus(line: ChartLine, base: ChartLine): ChartLine {
  const { x, mean } = subtract(line, base)
  const smoothedBase = base.smoothed === null ? null : { ...base.smoothed, nonFinite: base.nonFinite }
  return {
    ...line,
    x,
    mean,
    min: mean,
    max: mean,
    smoothed: line.smoothed === null || smoothedBase === null ? null : subtract(line.smoothed, smoothedBase),
    nonFinite: line.id === base.id ? line.nonFinite : withHoles(line.nonFinite, base),
  }
}

function subtract(line: Pick<Curve, 'x' | 'mean'>, base: Curve): { x: Float64Array; mean: Float64Array } {
  const kept: number[] = []
  const differences: number[] = []
  for (const { x, mean } of segmentsOf(base)) {
    const first = x[0] ?? 0
    const last = x.at(-1) ?? 0
    for (let at = lowerBound(line.x, first); at < line.x.length; at += 1) {
      const place = line.x[at] ?? 0
      if (place > last) break
      kept.push(place)
      differences.push((line.mean[at] ?? 0) - valueAt(x, mean, place))
    }
  }
  return { x: Float64Array.from(kept), mean: Float64Array.from(differences) }
}

function segmentsOf(base: Curve): readonly Pick<Curve, 'x' | 'mean'>[] {
  const ends = lineSegments(base, 0, base.x.length)
  return ends.flatMap((start, index) =>
    index % 2 === 1
      ? []
      : [{ x: base.x.subarray(start, ends[index + 1]), mean: base.mean.subarray(start, ends[index + 1]) }],
  )
}

/** On the straight line between the two points around a place, which lies between the first and the last. */
function valueAt(x: Float64Array, y: Float64Array, place: number): number {
  const after = lowerBound(x, place)
  const [right = place, high = 0] = [x[after], y[after]]
  if (right === place || after === 0) return high
  const [left = place, low = 0] = [x[after - 1], y[after - 1]]
  const part = (place - left) / (right - left)
  return low * (1 - part) + high * part
}

/** Where the baseline is no number, what is less it is none. */
function withHoles(own: ChartLine['nonFinite'], base: ChartLine): ChartLine['nonFinite'] {
  const { x, nan, posInf, negInf } = base.nonFinite
  if (x.length === 0) return own
  const order = [
    ...Array.from(own.x, (at, index) => ({ at, of: own, index, isOwn: true })),
    ...Array.from(x, (at, index) => ({ at, of: base.nonFinite, index, isOwn: false })),
  ].toSorted((a, b) => a.at - b.at)
  return {
    x: Float64Array.from(order, ({ at }) => at),
    nan: Uint32Array.from(order, ({ of, index, isOwn }) =>
      isOwn ? (of.nan[index] ?? 0) : (nan[index] ?? 0) + (posInf[index] ?? 0) + (negInf[index] ?? 0),
    ),
    posInf: Uint32Array.from(order, ({ of, index, isOwn }) => (isOwn ? (of.posInf[index] ?? 0) : 0)),
    negInf: Uint32Array.from(order, ({ of, index, isOwn }) => (isOwn ? (of.negInf[index] ?? 0) : 0)),
  }
}
