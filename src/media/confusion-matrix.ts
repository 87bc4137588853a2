import type { ConfusionMatrixMeta } from '../model/media-content/confusion-matrix-content.ts'
import { err, ok } from '../model/result.ts'
import type { MediaValue, Prepared } from '../client/media-value.ts'
import { classesIn, labelsOf, MAX_CLASSES, readClassesOrOther, type ClassesLike } from './class-values.ts'
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
      readClassesOrOther(actual, 'actual', names),
      readClassesOrOther(predicted, 'predicted', names),
    ])
    return andThen(read, ([actual, predicted]) =>
      andThen(
        countPairs(actual, predicted, names?.length ?? classesIn(actual, predicted)),
        ({ counts, other }) => show(counts, names, options.title, other),
      ),
    )
  })
}

function isCountedMatrix(value: unknown): value is CountedMatrix {
  return isNamedThings(value) && 'matrix' in value
}

interface Counted {
  /** Shape: k × k, row-major, a row for each actual class; the last row and column are of no class where there is any. */
  readonly counts: Float64Array
  /** How many examples were, or were taken for, what is none of the classes. */
  readonly other: number
}

function countPairs(actual: Float64Array, predicted: Float64Array, classes: number): Words<Counted> {
  if (actual.length !== predicted.length) return err(`${actual.length} actual, ${predicted.length} predicted`)
  if (actual.length === 0) return err('no examples')
  const isClass = (one = Number.NaN): boolean => one >= 0 && one < classes
  const other = actual.reduce(
    (sum, one, index) => sum + (isClass(one) && isClass(predicted[index]) ? 0 : 1),
    0,
  )
  const side = other > 0 ? classes + 1 : classes
  const counts = new Float64Array(side * side)
  const placeOf = (one = Number.NaN): number => (isClass(one) ? one : classes)
  for (const [index, one] of actual.entries()) {
    const cell = placeOf(one) * side + placeOf(predicted[index])
    counts[cell] = (counts[cell] ?? 0) + 1
  }
  return ok({ counts, other })
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

function show(counts: Float64Array, given: unknown, titleGiven: unknown, other = 0): Prepared {
  const classes = Math.sqrt(counts.length) - (other > 0 ? 1 : 0)
  const labels = labelsFor(given, classes, 'classes')
  if (!labels.ok) return labels
  const title = toText(titleGiven)
  const meta: ConfusionMatrixMeta = {
    labels: other > 0 ? [...labels.value, otherThan(labels.value)] : labels.value,
    ...(other > 0 ? { other } : {}),
    ...(title === undefined ? {} : { title }),
  }
  const side = meta.labels.length
  return showNumbers('confusion-matrix', meta, counts, [side, side])
}

/** What no class is called `other` by itself. */
function otherThan(labels: readonly string[]): string {
  return labels.includes('other') ? 'no class' : 'other'
}
