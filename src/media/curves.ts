import type { Captions } from '../model/media-content/drawing.ts'
import { err, ok } from '../model/result.ts'
import type { MediaValue, Prepared } from '../client/media-value.ts'
import { labelsOf, readClasses, type ClassesLike } from './class-values.ts'
import { labelsFor, toCaptions, type Labels } from './labels.ts'
import { all, andThen, type Later, type Words } from './later.ts'
import { asMatrix, readNumbers, type Matrix, type NumbersLike } from './numbers.ts'
import { showLines } from './points.ts'
import { prOf, rocOf, thinned, type Curve } from './ranking.ts'
import { mediaValue } from './shown.ts'

export interface CurveOptions extends Captions {
  /** The names of the classes. */
  readonly labels?: Labels
}

/**
 * How many positives are found at the cost of how many false alarms, over all thresholds, with the area under it.
 *
 * `scores` is one number an example (how much it speaks for class 1), or a row with a number for each class: then each
 * class that occurs gets a line of its own, against all others.
 */
export function rocCurve(actual: ClassesLike, scores: NumbersLike, options: CurveOptions = {}): MediaValue {
  return curve('roc', rocOf, actual, scores, options)
}

/** How precise what was found is, over how much was found, with the average precision; otherwise like `rocCurve`. */
export function prCurve(actual: ClassesLike, scores: NumbersLike, options: CurveOptions = {}): MediaValue {
  return curve('pr', prOf, actual, scores, options)
}

type Draw = (isPositive: Uint8Array, scores: Float64Array) => Curve

function curve(
  kind: 'roc' | 'pr',
  draw: Draw,
  actual: unknown,
  scores: unknown,
  options: CurveOptions,
): MediaValue {
  return mediaValue(() => {
    const names = labelsOf(options.labels, actual)
    return andThen(readScored(actual, scores, names), (scored) => show(kind, draw, scored, names, options))
  })
}

/** Examples with the class they are of and their scores. */
export interface Scored {
  readonly actual: Float64Array
  readonly scores: Matrix
}

/** Reads them as they are now. Errors: different counts, a NaN among the scores. */
export function readScored(
  actual: unknown,
  scores: unknown,
  names: readonly string[] | undefined,
): Later<Words<Scored>> {
  const read = all<[Float64Array, Matrix]>([
    readClasses(actual, 'actual', names),
    andThen(readNumbers(scores, 'scores'), (numbers) => asMatrix(numbers, 'scores')),
  ])
  return andThen(read, ([actual, scores]) => {
    if (actual.length !== scores.rows) return err(`${actual.length} actual, ${scores.rows} scores`)
    const wrong = scores.values.findIndex(Number.isNaN)
    if (wrong >= 0) return err(`scores: one of example ${Math.floor(wrong / scores.columns)} is NaN`)
    return ok({ actual, scores })
  })
}

function show(
  kind: 'roc' | 'pr',
  draw: Draw,
  { actual, scores }: Scored,
  names: readonly string[] | undefined,
  options: CurveOptions,
): Prepared {
  const { values, rows, columns } = scores
  const isBinary = columns === 1
  const classes = isBinary ? 2 : columns
  const beyond = actual.find((one) => one >= classes)
  if (beyond !== undefined) return err(`class ${beyond} has no scores: there are ${classes} classes`)
  const labels = labelsFor(names, classes, 'classes')
  if (!labels.ok) return labels
  const curves: { readonly name: string; readonly curve: Curve }[] = []
  for (let column = 0; column < columns; column += 1) {
    const wanted = isBinary ? 1 : column
    const isPositive = Uint8Array.from(actual, (one) => (one === wanted ? 1 : 0))
    const positives = isPositive.reduce((sum, one) => sum + one, 0)
    if (positives === 0 || positives === rows) continue
    const own = Float64Array.from({ length: rows }, (_, row) => values[row * columns + column] ?? 0)
    curves.push({ name: labels.value[wanted] ?? '', curve: thinned(draw(isPositive, own)) })
  }
  if (curves.length === 0) return err('all examples are of one class: there is nothing to tell apart')
  return showLines(
    kind,
    curves.map(({ name, curve: { x, y } }) => ({ name, x, y })),
    toCaptions(options),
    curves.map(({ curve }) => curve.score),
  )
}
