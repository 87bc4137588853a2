import { isRecord } from '../raw-value.ts'
import { err, ok, type Result } from '../result.ts'
import { captionsOf, parseDrawing, type Captions, type CaptionsContent } from './drawing.ts'
import { countOf, numberOf, textOf } from './meta-fields.ts'
import type { StoredArray } from './numbers.ts'

/** One line of a drawing, with `count` points. */
export interface NamedLine {
  readonly name: string
  readonly count: number
}

/**
 * Lines of `roc` (false positive rate, true positive rate), `pr` (recall, precision), `calibration` (mean predicted
 * probability, share of positives) and `lines` (any x and y).
 *
 * Shape: float64: for each line its `count` x, then its `count` y.
 */
export interface LinesMeta extends Captions {
  readonly lines: readonly NamedLine[]
  /** By line: the area under it (`roc`), the average precision (`pr`), the expected calibration error (`calibration`). */
  readonly scores?: readonly number[]
}

export interface DrawnLine {
  readonly name: string
  readonly x: Float64Array
  readonly y: Float64Array
  /** Null where it was not said. */
  readonly score: number | null
}

export interface LinesContent extends CaptionsContent {
  readonly kind: 'roc' | 'pr' | 'calibration' | 'lines'
  readonly lines: readonly DrawnLine[]
}

export function parseLines(
  kind: LinesContent['kind'],
  array: StoredArray,
  metaText: string,
): Result<LinesContent, string> {
  return parseDrawing(array, metaText, (numbers, meta) => {
    const named = meta['lines']
    if (!Array.isArray(named) || !named.every(isRecord)) return err('its lines are not named')
    const scores = Array.isArray(meta['scores']) ? meta['scores'] : []
    const lines: DrawnLine[] = []
    let from = 0
    for (const [index, { name, count }] of named.entries()) {
      const points = countOf(count)
      if (points === null || from + 2 * points > numbers.length) return err('points of a line are missing')
      lines.push({
        name: textOf(name),
        x: numbers.subarray(from, from + points),
        y: numbers.subarray(from + points, from + 2 * points),
        score: numberOf(scores[index]),
      })
      from += 2 * points
    }
    return ok({ kind, lines, ...captionsOf(meta) })
  })
}
