import type { Captions } from '../model/media-content/drawing.ts'
import { err } from '../model/result.ts'
import type { MediaValue, Prepared } from '../client/media-value.ts'
import { labelsOf, type ClassesLike } from './class-values.ts'
import { readScored, type Scored } from './curves.ts'
import { toCaptions, toText, type Labels } from './labels.ts'
import { andThen } from './later.ts'
import type { NumbersLike } from './numbers.ts'
import { showLines } from './points.ts'
import { mediaValue } from './shown.ts'

export interface CalibrationOptions extends Captions {
  /** How many bins of equal width 0 … 1 is cut into; 10 when left out. */
  readonly bins?: number
  /** The names of the classes, where they are given by name. */
  readonly labels?: Labels
}

const DEFAULT_BINS = 10
const MAX_BINS = 1_000

/**
 * Whether what is said to be likely is as frequent, with the expected calibration error.
 *
 * `probabilities` is that of class 1 for each example, or a row with one for each class: then the most likely class is
 * what is judged.
 */
export function calibration(
  actual: ClassesLike,
  probabilities: NumbersLike,
  options: CalibrationOptions = {},
): MediaValue {
  return mediaValue(() => {
    const bins = Number(options.bins ?? DEFAULT_BINS)
    if (!Number.isSafeInteger(bins) || bins < 1 || bins > MAX_BINS)
      return err(`bins: ${bins} is not 1 … 1,000`)
    const names = labelsOf(options.labels, actual)
    return andThen(readScored(actual, probabilities, names), (scored) => {
      const wrong = scored.scores.values.find((one) => one < 0 || one > 1)
      if (wrong !== undefined) return err(`probabilities: ${wrong} is not 0 … 1`)
      if (scored.actual.length === 0) return err('no examples')
      return show(judged(scored), bins, options)
    })
  })
}

interface Judged {
  readonly probabilities: Float64Array
  readonly isRight: Uint8Array
}

/** What was foretold with which probability, and whether it came. */
function judged({ actual, scores: { values, columns } }: Scored): Judged {
  if (columns === 1) {
    return { probabilities: values, isRight: Uint8Array.from(actual, (one) => (one === 1 ? 1 : 0)) }
  }
  const probabilities = new Float64Array(actual.length)
  const isRight = new Uint8Array(actual.length)
  for (const [example, is] of actual.entries()) {
    const row = values.subarray(example * columns, (example + 1) * columns)
    const best = row.reduce((best, one, index) => (one > (row[best] ?? 0) ? index : best), 0)
    probabilities[example] = row[best] ?? 0
    isRight[example] = best === is ? 1 : 0
  }
  return { probabilities, isRight }
}

function show({ probabilities, isRight }: Judged, bins: number, options: CalibrationOptions): Prepared {
  const counts = new Float64Array(bins)
  const foretold = new Float64Array(bins)
  const came = new Float64Array(bins)
  for (const [example, probability] of probabilities.entries()) {
    const bin = Math.min(bins - 1, Math.floor(probability * bins))
    counts[bin] = (counts[bin] ?? 0) + 1
    foretold[bin] = (foretold[bin] ?? 0) + probability
    came[bin] = (came[bin] ?? 0) + (isRight[example] ?? 0)
  }
  const filled = [...counts.keys()].filter((bin) => (counts[bin] ?? 0) > 0)
  const error = filled.reduce((sum, bin) => sum + Math.abs((foretold[bin] ?? 0) - (came[bin] ?? 0)), 0)
  const mean = (sums: Float64Array): Float64Array =>
    Float64Array.from(filled, (bin) => (sums[bin] ?? 0) / (counts[bin] ?? 1))
  const name = toText(options.title) ?? 'probability'
  return showLines('calibration', [{ name, x: mean(foretold), y: mean(came) }], toCaptions(options), [
    error / probabilities.length,
  ])
}
