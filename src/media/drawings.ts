import type { BarsMeta } from '../model/media-content/bars-content.ts'
import type { Captions } from '../model/media-content/drawing.ts'
import type { HeatMapMeta } from '../model/media-content/heat-map-content.ts'
import { err } from '../model/result.ts'
import type { MediaValue } from '../client/media-value.ts'
import { labelsFor, toCaptions, toLabels, type Labels } from './labels.ts'
import { andThen } from './later.ts'
import { readLines, type LinesLike } from './line-source.ts'
import { asMatrix, isNamedThings, readNumbers, type NumbersLike } from './numbers.ts'
import { showLines } from './points.ts'
import { mediaValue, showNumbers } from './shown.ts'

/** A bar each: `bars({ cat: 3, dog: 5 })` or `bars([3, 5], ['cat', 'dog'])`. */
export function bars(
  values: NumbersLike | Readonly<Record<string, number>>,
  labels?: Labels | Captions,
  captions?: Captions,
): MediaValue {
  return mediaValue(() => {
    const isNamed = isNamedThings(values)
    const numbers = isNamed ? Object.values(values) : values
    const given = isNamed ? Object.keys(values) : labels
    const captionsGiven = captions ?? (toLabels(labels) === undefined ? labels : undefined)
    return andThen(readNumbers(numbers, 'bars'), ({ values, shape }) => {
      if (shape.length !== 1) return err(`bars: shape [${shape.join(', ')}], not one number a bar`)
      return andThen(labelsFor(given, values.length, 'bars'), (names) => {
        const meta: BarsMeta = { ...toCaptions(captionsGiven), labels: names }
        return showNumbers('bars', meta, values)
      })
    })
  })
}

/** One line or several by name, over the same x or each over its own. */
export function lines(source: LinesLike, captions?: Captions): MediaValue {
  return mediaValue(() =>
    andThen(readLines(source), (lines) => showLines('lines', lines, toCaptions(captions))),
  )
}

export interface HeatMapOptions extends Captions {
  /** One for each column. */
  readonly xLabels?: Labels
  /** One for each row. */
  readonly yLabels?: Labels
}

/** Rows of numbers as colours. */
export function heatmap(matrix: NumbersLike, options: HeatMapOptions = {}): MediaValue {
  return mediaValue(() =>
    andThen(readNumbers(matrix, 'cells'), (numbers) => {
      if (numbers.shape.length !== 2)
        return err(`cells: shape [${numbers.shape.join(', ')}], not rows of numbers`)
      return andThen(asMatrix(numbers, 'cells'), ({ values, rows, columns }) => {
        const xLabels = labelsFor(options.xLabels, columns, 'columns')
        if (!xLabels.ok) return xLabels
        const yLabels = labelsFor(options.yLabels, rows, 'rows')
        if (!yLabels.ok) return yLabels
        const meta: HeatMapMeta = {
          ...toCaptions(options),
          ...(options.xLabels === undefined ? {} : { xLabels: xLabels.value }),
          ...(options.yLabels === undefined ? {} : { yLabels: yLabels.value }),
        }
        return showNumbers('heat-map', meta, values, [rows, columns])
      })
    }),
  )
}
