import { err, ok, type Result } from '../result.ts'
import { asMany, captionsOf, parseDrawing, type Captions, type CaptionsContent } from './drawing.ts'
import { textsOf } from './meta-fields.ts'
import type { StoredArray } from './numbers.ts'

/** Shape: float32 or float64 [rows, columns]. */
export interface HeatMapMeta extends Captions {
  readonly xLabels?: readonly string[]
  readonly yLabels?: readonly string[]
}

/** Shape: `values` [rows, columns]; lists of labels are empty or as long as their side. */
export interface HeatMapContent extends CaptionsContent {
  readonly kind: 'heat-map'
  readonly rows: number
  readonly columns: number
  readonly values: Float64Array
  readonly xLabels: readonly string[]
  readonly yLabels: readonly string[]
}

export function parseHeatMap(array: StoredArray, metaText: string): Result<HeatMapContent, string> {
  return parseDrawing(array, metaText, (values, meta) => {
    const [rows = 0, columns = 0, ...more] = array.shape
    if (more.length > 0 || rows * columns === 0)
      return err(`[${array.shape.join(', ')}] are no rows and columns`)
    return ok({
      kind: 'heat-map',
      rows,
      columns,
      values,
      xLabels: asMany(textsOf(meta['xLabels']), columns),
      yLabels: asMany(textsOf(meta['yLabels']), rows),
      ...captionsOf(meta),
    })
  })
}
