import { giveBuffer, takeBuffer } from './buffer-pool.ts'
import { sectionColumns, type SectionColumns } from './log-batch.ts'

/** Steps, values and times are doubles. */
export const BYTES_PER_POINT = 24

/** Room for points column by column; what it holds is not said. */
export function takeColumnMemory(points: number): SectionColumns {
  const { buffer } = takeBuffer(points * BYTES_PER_POINT)
  return sectionColumns(new Float64Array(buffer, 0, 3 * points), 0, points)
}

/** Nobody else may use the columns from now on. */
export function giveColumnMemory({ steps }: SectionColumns): void {
  giveBuffer(steps.buffer)
}
