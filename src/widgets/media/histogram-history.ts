import type { HistogramContent } from '../../model/media-content/histogram-content.ts'

/** A histogram and when it was. */
export interface HistogramAt {
  readonly step: number
  readonly content: HistogramContent
}

/** Histograms of many steps over the same bins. */
export interface HistogramTable {
  readonly from: number
  readonly to: number
  readonly bins: number
  /** By time. */
  readonly steps: readonly number[]
  /** Shape: [steps, bins], row-major: the share of its values that each step has in each bin. */
  readonly shares: Float64Array
  readonly most: number
}

/** Fine enough to see a shape, coarse enough for a ridge of a few pixels. */
const BINS = 64

/** What is in a bin that is cut is shared out by length. */
export function histogramTable(histograms: readonly HistogramAt[]): HistogramTable {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { content } of histograms) {
    from = Math.min(from, content.edges[0] ?? from)
    to = Math.max(to, content.edges.at(-1) ?? to)
  }
  if (!(from < to)) [from, to] = Number.isFinite(from) ? [from - 0.5, from + 0.5] : [0, 1]
  const shares = new Float64Array(histograms.length * BINS)
  histograms.forEach(({ content }, row) => {
    addShares(content, shares.subarray(row * BINS, (row + 1) * BINS), from, to)
  })
  return {
    from,
    to,
    bins: BINS,
    steps: histograms.map(({ step }) => step),
    shares,
    most: shares.reduce((most, share) => Math.max(most, share), 0),
  }
}

function addShares({ edges, counts }: HistogramContent, into: Float64Array, from: number, to: number): void {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total <= 0) return
  const width = (to - from) / into.length
  counts.forEach((count, bin) => {
    const [low, high] = [edges[bin] ?? 0, edges[bin + 1] ?? 0]
    const first = Math.min(into.length - 1, Math.max(0, Math.floor((low - from) / width)))
    const last = Math.min(into.length - 1, Math.max(first, Math.ceil((high - from) / width) - 1))
    for (let at = first; at <= last; at += 1) {
      const shared =
        high > low
          ? (Math.min(high, from + (at + 1) * width) - Math.max(low, from + at * width)) / (high - low)
          : 1
      into[at] = (into[at] ?? 0) + (count / total) * Math.max(0, shared)
    }
  })
}
