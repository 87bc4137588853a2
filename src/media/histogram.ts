import type { MediaValue, Prepared } from '../client/media-value.ts'
import { binValues, givenBins, type Binned } from './bin-values.ts'
import { all, andThen, type Words } from './later.ts'
import { readNumbers, type Numbers, type NumbersLike } from './numbers.ts'
import { mediaValue, showNumbers } from './shown.ts'

/** Counts that were made elsewhere: one more edge than counts. */
export interface CountedBins {
  readonly counts: NumbersLike
  readonly edges: NumbersLike
}

const DEFAULT_BINS = 64

/**
 * How values are distributed: weights, gradients, errors.
 *
 * Only the finite ones are in bins; NaN, ±Infinity and zeros are counted beside them.
 */
export function histogram(
  values: NumbersLike | CountedBins,
  options: { readonly bins?: number } = {},
): MediaValue {
  return mediaValue(() => {
    if (isCountedBins(values)) {
      const given = all<[Numbers, Numbers]>([
        readNumbers(values.counts, 'counts'),
        readNumbers(values.edges, 'edges'),
      ])
      return andThen(given, ([counts, edges]) => shown(givenBins(counts.values, edges.values)))
    }
    const bins = Number(options.bins ?? DEFAULT_BINS)
    return andThen(readNumbers(values, 'values'), ({ values }) => shown(binValues(values, bins)))
  })
}

function shown(binned: Words<Binned>): Prepared {
  return binned.ok ? showNumbers('histogram', binned.value.meta, binned.value.numbers) : binned
}

function isCountedBins(values: unknown): values is CountedBins {
  return typeof values === 'object' && values !== null && 'counts' in values && 'edges' in values
}
