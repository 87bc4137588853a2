import { err, ok, type Result } from '../result.ts'
import { captionsOf, parseDrawing, type Captions, type CaptionsContent } from './drawing.ts'
import { textsOf } from './meta-fields.ts'
import type { StoredArray } from './numbers.ts'

/** Shape: float64 [n], a bar each. */
export interface BarsMeta extends Captions {
  readonly labels: readonly string[]
}

export interface BarsContent extends CaptionsContent {
  readonly kind: 'bars'
  readonly labels: readonly string[]
  readonly values: Float64Array
}

export function parseBars(array: StoredArray, metaText: string): Result<BarsContent, string> {
  return parseDrawing(array, metaText, (values, meta) => {
    const labels = textsOf(meta['labels'])
    if (labels?.length !== values.length) {
      return err(`it has ${values.length} bars and ${labels?.length ?? 0} labels`)
    }
    return ok({ kind: 'bars', labels, values, ...captionsOf(meta) })
  })
}
