import type { Captions } from '../model/media-content/drawing.ts'
import type { LinesMeta } from '../model/media-content/lines-content.ts'
import type { Prepared } from '../client/media-value.ts'
import { showNumbers } from './shown.ts'

/** A line as it is drawn. Shape: as many x as y. */
export interface Line {
  readonly name: string
  readonly x: Float64Array
  readonly y: Float64Array
}

/** Lines laid out as the contract says. */
export function showLines(
  kind: 'roc' | 'pr' | 'calibration' | 'lines',
  lines: readonly Line[],
  captions: Captions,
  scores?: readonly number[],
): Prepared {
  const numbers = new Float64Array(2 * lines.reduce((sum, { x }) => sum + x.length, 0))
  let offset = 0
  for (const { x, y } of lines) {
    numbers.set(x, offset)
    numbers.set(y, offset + x.length)
    offset += 2 * x.length
  }
  const meta: LinesMeta = {
    ...captions,
    lines: lines.map(({ name, x }) => ({ name, count: x.length })),
    ...(scores === undefined ? {} : { scores }),
  }
  return showNumbers(kind, meta, numbers)
}
