import { err, ok, type Result } from '../result.ts'
import { parseDrawing } from './drawing.ts'
import { textOf, textsOf } from './meta-fields.ts'
import type { StoredArray } from './numbers.ts'

/** Shape: float64 [k, k], row-major: how many of the actual class (row) were predicted as each class (column). */
export interface ConfusionMatrixMeta {
  readonly labels: readonly string[]
  readonly title?: string
}

/** Shape: `values` [labels, labels], row-major, actual by predicted. */
export interface ConfusionContent {
  readonly kind: 'confusion-matrix'
  readonly title: string
  readonly labels: readonly string[]
  readonly values: Float64Array
}

export function parseConfusion(array: StoredArray, metaText: string): Result<ConfusionContent, string> {
  return parseDrawing(array, metaText, (values, meta) => {
    const [rows = 0, columns = 0, ...more] = array.shape
    const labels = textsOf(meta['labels'])
    if (more.length > 0 || rows !== columns || rows === 0)
      return err(`[${array.shape.join(', ')}] is no square`)
    if (labels?.length !== rows) return err(`it has ${rows} classes and ${labels?.length ?? 0} labels`)
    return ok({ kind: 'confusion-matrix', title: textOf(meta['title']), labels, values })
  })
}
