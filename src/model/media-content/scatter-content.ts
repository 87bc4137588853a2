import { err, ok, type Result } from '../result.ts'
import { captionsOf, parseDrawing, type Captions, type CaptionsContent } from './drawing.ts'
import { textsOf } from './meta-fields.ts'
import type { StoredArray } from './numbers.ts'

/** Shape: float64 [n, 2], x and y of each; [n, 3] where `classes` are named: the third is the number of its class. */
export interface ScatterMeta extends Captions {
  readonly classes?: readonly string[]
}

/** Shape: one entry a point; `classOf` is empty where there are no classes. */
export interface ScatterContent extends CaptionsContent {
  readonly kind: 'scatter'
  readonly x: Float64Array
  readonly y: Float64Array
  readonly classes: readonly string[]
  readonly classOf: Int32Array
}

export function parseScatter(array: StoredArray, metaText: string): Result<ScatterContent, string> {
  return parseDrawing(array, metaText, (numbers, meta) => {
    const [count = 0, width = 0, ...more] = array.shape
    const classes = textsOf(meta['classes']) ?? []
    if (more.length > 0 || (width !== 2 && width !== 3)) {
      return err(`[${array.shape.join(', ')}] are no points with x and y`)
    }
    const column = (offset: number): Float64Array =>
      Float64Array.from({ length: count }, (_, point) => numbers[point * width + offset] ?? Number.NaN)
    return ok({
      kind: 'scatter',
      x: column(0),
      y: column(1),
      classes,
      classOf: width === 3 ? Int32Array.from(column(2)) : new Int32Array(0),
      ...captionsOf(meta),
    })
  })
}
