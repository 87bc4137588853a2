import type { Result } from '../result.ts'
import { parseMeta, textOf, type RawMeta } from './meta-fields.ts'
import { readNumbers, type StoredArray } from './numbers.ts'

/** The title and the names of the axes of a drawing; each may be missing. */
export interface Captions {
  readonly title?: string
  readonly xLabel?: string
  readonly yLabel?: string
}

/** The title and the names of the axes; empty where there are none. */
export interface CaptionsContent {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
}

export function captionsOf(meta: RawMeta): CaptionsContent {
  return { title: textOf(meta['title']), xLabel: textOf(meta['xLabel']), yLabel: textOf(meta['yLabel']) }
}

/** Labels that are not as many as what they label name nothing. */
export function asMany(labels: readonly string[] | null, count: number): readonly string[] {
  return labels?.length === count ? labels : []
}

/** The numbers of a drawing and what is said of it. */
export function parseDrawing<T>(
  array: StoredArray,
  metaText: string,
  read: (numbers: Float64Array, meta: RawMeta) => Result<T, string>,
): Result<T, string> {
  const meta = parseMeta(metaText)
  if (!meta.ok) return meta
  const numbers = readNumbers(array)
  return numbers.ok ? read(numbers.value, meta.value) : numbers
}
