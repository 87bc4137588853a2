import { err, ok, type Result } from '../result.ts'
import { parseDrawing } from './drawing.ts'
import { countOf, textOf, textsOf } from './meta-fields.ts'
import type { StoredArray } from './numbers.ts'

/** Shape: float64 [k, k], row-major: how many of the actual class (row) were predicted as each class (column). */
export interface ConfusionMatrixMeta {
  readonly labels: readonly string[]
  /** The last label is of what was no class: how many examples are in its row or column. */
  readonly other?: number
  readonly title?: string
}

/** Shape: `values` [labels, labels], row-major, actual by predicted. */
export interface ConfusionContent {
  readonly kind: 'confusion-matrix'
  readonly title: string
  readonly labels: readonly string[]
  readonly values: Float64Array
  /** How many examples are in the last row or column, which are of no class; 0 where there are none such. */
  readonly other: number
}

export function parseConfusion(array: StoredArray, metaText: string): Result<ConfusionContent, string> {
  return parseDrawing(array, metaText, (values, meta) => {
    const [rows = 0, columns = 0, ...more] = array.shape
    const labels = textsOf(meta['labels'])
    if (more.length > 0 || rows !== columns || rows === 0)
      return err(`[${array.shape.join(', ')}] is no square`)
    if (labels?.length !== rows) return err(`it has ${rows} classes and ${labels?.length ?? 0} labels`)
    const other = countOf(meta['other']) ?? 0
    return ok({ kind: 'confusion-matrix', title: textOf(meta['title']), labels, values, other })
  })
}
