import type { HistogramMeta } from '../model/media-content/histogram-content.ts'
import { err, ok } from '../model/result.ts'
import type { Words } from './later.ts'

/** Counted values. Shape: `numbers` as the contract of histograms says. */
export interface Binned {
  readonly numbers: Float64Array
  readonly meta: HistogramMeta
}

/** As many as a screen can tell apart, many times over. */
const MAX_BINS = 65_536

/**
 * Counts values in bins of equal width from the least to the greatest finite one.
 *
 * Values that are all the same are in the middle of bins that are one wide together; without a finite value there are no
 * counts but empty bins from 0 to 1.
 */
export function binValues(values: Float64Array, bins: number): Words<Binned> {
  if (!Number.isSafeInteger(bins) || bins < 1 || bins > MAX_BINS)
    return err(`bins: ${bins} is not 1 … 65,536`)
  const seen = survey(values)
  const { min, max, finite } = seen
  const [from, to] = finite === 0 ? [0, 1] : boundsOf(min, max)
  const numbers = new Float64Array(2 * bins + 1)
  // Halves, so that a range wider than any number stays finite.
  for (let edge = 0; edge <= bins; edge += 1) numbers[edge] = from * (1 - edge / bins) + to * (edge / bins)
  numbers[bins] = to
  if (!isRising(numbers.subarray(0, bins + 1))) {
    return err(`${bins} bins between ${min} and ${max}: closer than numbers can be`)
  }
  const scale = bins / (to - from)
  const halfRange = to / 2 - from / 2
  const isUsual = scale > 0 && Number.isFinite(scale)
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    const guess = isUsual ? (value - from) * scale : ((value / 2 - from / 2) / halfRange) * bins
    const at = bins + 1 + settle(numbers, bins, value, Math.floor(guess))
    numbers[at] = (numbers[at] ?? 0) + 1
  }
  return ok({ numbers, meta: metaOf(seen, values.length) })
}

interface Survey {
  readonly min: number
  readonly max: number
  readonly mean: number
  readonly finite: number
  readonly nanCount: number
  readonly posInfCount: number
  readonly negInfCount: number
  readonly zeroCount: number
}

function survey(values: Float64Array): Survey {
  let [min, max, sum, finite] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0]
  let [nanCount, posInfCount, negInfCount, zeroCount] = [0, 0, 0, 0]
  for (const value of values) {
    if (Number.isNaN(value)) nanCount += 1
    else if (value === Number.POSITIVE_INFINITY) posInfCount += 1
    else if (value === Number.NEGATIVE_INFINITY) negInfCount += 1
    else {
      finite += 1
      sum += value
      if (value < min) min = value
      if (value > max) max = value
      if (value === 0) zeroCount += 1
    }
  }
  const mean = Number.isFinite(sum) ? sum / finite : meanOfHuge(values, finite)
  return { min, max, mean, finite, nanCount, posInfCount, negInfCount, zeroCount }
}

/** Of values whose sum is beyond any number. */
function meanOfHuge(values: Float64Array, finite: number): number {
  return values.reduce((mean, value) => (Number.isFinite(value) ? mean + value / finite : mean), 0)
}

function metaOf({ min, max, mean, finite, ...counts }: Survey, count: number): HistogramMeta {
  return { count, ...counts, ...(finite === 0 ? {} : { min, max, mean }) }
}

/** One apart around a value that is the only one; as far as its precision needs where one is nothing to it. */
function boundsOf(min: number, max: number): readonly [number, number] {
  if (min < max) return [min, max]
  const half = Math.max(0.5, Math.abs(min) * 1e-6)
  return [Math.max(-Number.MAX_VALUE, min - half), Math.min(Number.MAX_VALUE, min + half)]
}

/** The bin a value is in by the edges themselves: the guess may be off through rounding, or none in a tiny range. */
function settle(edges: Float64Array, bins: number, value: number, guess: number): number {
  let bin = Math.min(Math.max(guess, 0), bins - 1) || 0
  while (bin > 0 && value < (edges[bin] ?? 0)) bin -= 1
  while (bin < bins - 1 && value >= (edges[bin + 1] ?? 0)) bin += 1
  return bin
}

/** Counts that were made elsewhere. Errors: edges that do not rise or do not fit, counts that are none. */
export function givenBins(counts: Float64Array, edges: Float64Array): Words<Binned> {
  if (counts.length === 0 || counts.length > MAX_BINS) return err(`bins: ${counts.length} is not 1 … 65,536`)
  if (edges.length !== counts.length + 1) return err(`${edges.length} edges for ${counts.length} bins`)
  if (!edges.every(Number.isFinite) || !isRising(edges)) return err('edges that do not rise')
  const wrong = counts.find((count) => !Number.isFinite(count) || count < 0)
  if (wrong !== undefined) return err(`a count of ${wrong}`)
  const count = counts.reduce((sum, count) => sum + count, 0)
  return ok({
    numbers: joined(edges, counts),
    meta: { count, nanCount: 0, posInfCount: 0, negInfCount: 0 },
  })
}

function joined(edges: Float64Array, counts: Float64Array): Float64Array {
  const numbers = new Float64Array(edges.length + counts.length)
  numbers.set(edges)
  numbers.set(counts, edges.length)
  return numbers
}

function isRising(edges: Float64Array): boolean {
  return edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? edge))
}
