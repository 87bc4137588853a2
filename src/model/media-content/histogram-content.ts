import { err, ok, type Result } from '../result.ts'
import { parseDrawing } from './drawing.ts'
import { countOf, numberOf } from './meta-fields.ts'
import type { StoredArray } from './numbers.ts'

/**
 * Shape: float64 of 2n + 1: the n + 1 edges of n bins, rising, then how many values are in each. The last bin holds its
 * upper edge too.
 */
export interface HistogramMeta {
  /** Of all values, the ones below too. */
  readonly count: number
  readonly nanCount: number
  readonly posInfCount: number
  readonly negInfCount: number
  readonly zeroCount?: number
  /** Of the finite values, where they were known. */
  readonly min?: number
  readonly max?: number
  readonly mean?: number
}

/** Shape: `edges` one longer than `counts`, rising. */
export interface HistogramContent {
  readonly kind: 'histogram'
  readonly edges: Float64Array
  readonly counts: Float64Array
  /** Of all values. */
  readonly count: number
  readonly nanCount: number
  readonly posInfCount: number
  readonly negInfCount: number
  /** Null where it was not said. */
  readonly zeroCount: number | null
  readonly min: number | null
  readonly max: number | null
  readonly mean: number | null
}

export function parseHistogram(array: StoredArray, metaText: string): Result<HistogramContent, string> {
  return parseDrawing(array, metaText, (numbers, meta) => {
    const bins = (numbers.length - 1) / 2
    if (array.shape.length !== 1 || !Number.isInteger(bins) || bins < 1) {
      return err(`${numbers.length} numbers are no edges and counts of bins`)
    }
    const edges = numbers.subarray(0, bins + 1)
    const counts = numbers.subarray(bins + 1)
    if (
      !edges.every((edge, index) => Number.isFinite(edge) && (index === 0 || edge >= (edges[index - 1] ?? 0)))
    ) {
      return err('the edges of its bins do not rise')
    }
    if (!counts.every((count) => count >= 0 && Number.isFinite(count))) {
      return err('it counts less than nothing in a bin')
    }
    const total = (name: string): number => countOf(meta[name]) ?? 0
    return ok({
      kind: 'histogram',
      edges,
      counts,
      count: countOf(meta['count']) ?? counts.reduce((sum, count) => sum + count, 0),
      nanCount: total('nanCount'),
      posInfCount: total('posInfCount'),
      negInfCount: total('negInfCount'),
      zeroCount: countOf(meta['zeroCount']),
      min: numberOf(meta['min']),
      max: numberOf(meta['max']),
      mean: numberOf(meta['mean']),
    })
  })
}
