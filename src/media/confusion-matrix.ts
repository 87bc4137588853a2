import type { ConfusionMatrixMeta } from '../model/media-content/confusion-matrix-content.ts'
import { err, ok } from '../model/result.ts'
import type { MediaValue, Prepared } from '../client/media-value.ts'
import { labelsOf, MAX_CLASSES, readClasses, type ClassesLike } from './class-values.ts'
import { labelsFor, toText, type Labels } from './labels.ts'
import { all, andThen, type Later, type Words } from './later.ts'
import { asMatrix, isNamedThings, readNumbers, type NumbersLike } from './numbers.ts'
import { mediaValue, showNumbers } from './shown.ts'

export interface ConfusionMatrixOptions {
  /** The names of the classes. */
  readonly labels?: Labels
  readonly title?: string
}

/** Counts that were made elsewhere: a row for each actual class, a column for each predicted one. */
export interface CountedMatrix extends ConfusionMatrixOptions {
  readonly matrix: NumbersLike
}

/** How often each class was taken for each: from classes, from scores (a row each), or from counts. */
export function confusionMatrix(counted: CountedMatrix): MediaValue
export function confusionMatrix(
  actual: ClassesLike,
  predicted: ClassesLike,
  options?: ConfusionMatrixOptions,
): MediaValue
export function confusionMatrix(
  actual: ClassesLike | CountedMatrix,
  predicted?: ClassesLike,
  options: ConfusionMatrixOptions = {},
): MediaValue {
  return mediaValue(() => {
    if (isCountedMatrix(actual)) {
      const { matrix, labels, title } = actual
      return andThen(readCounts(matrix), (counts) => show(counts, labels, title))
    }
    const names = labelsOf(options.labels, actual, predicted)
    const read = all<[Float64Array, Float64Array]>([
      readClasses(actual, 'actual', names),
      readClasses(predicted, 'predicted', names),
    ])
    return andThen(read, ([actual, predicted]) =>
      andThen(countPairs(actual, predicted, names?.length), (counts) => show(counts, names, options.title)),
    )
  })
}

function isCountedMatrix(value: unknown): value is CountedMatrix {
  return isNamedThings(value) && 'matrix' in value
}

/** Shape: k × k, row-major, a row for each actual class. `classes`: as many as appear when left out. */
export function countPairs(
  actual: Float64Array,
  predicted: Float64Array,
  classes?: number,
): Words<Float64Array> {
  if (actual.length !== predicted.length) return err(`${actual.length} actual, ${predicted.length} predicted`)
  const greatest = Math.max(greatestOf(actual), greatestOf(predicted))
  const count = classes ?? greatest + 1
  if (greatest >= count) return err(`class ${greatest} of ${count}`)
  const counts = new Float64Array(count * count)
  for (const [index, row] of actual.entries()) {
    const cell = row * count + (predicted[index] ?? 0)
    counts[cell] = (counts[cell] ?? 0) + 1
  }
  return ok(counts)
}

function greatestOf(classes: Float64Array): number {
  return classes.reduce((greatest, one) => Math.max(greatest, one), -1)
}

function readCounts(matrix: unknown): Later<Words<Float64Array>> {
  return andThen(readNumbers(matrix, 'matrix'), (numbers) =>
    andThen(asMatrix(numbers, 'matrix'), ({ values, rows, columns }) => {
      if (rows !== columns) return err(`matrix: ${rows} × ${columns}, not square`)
      if (rows > MAX_CLASSES) return err(`matrix: ${rows} classes`)
      const wrong = values.findIndex((count) => !Number.isFinite(count))
      return wrong < 0 ? ok(values) : err(`matrix: a count is ${values[wrong]}`)
    }),
  )
}

function show(counts: Float64Array, given: unknown, titleGiven: unknown): Prepared {
  const classes = Math.sqrt(counts.length)
  const labels = labelsFor(given, classes, 'classes')
  if (!labels.ok) return labels
  const title = toText(titleGiven)
  const meta: ConfusionMatrixMeta = { labels: labels.value, ...(title === undefined ? {} : { title }) }
  return showNumbers('confusion-matrix', meta, counts, [classes, classes])
}
