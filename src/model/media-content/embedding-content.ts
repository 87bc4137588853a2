import { err, ok, type Result } from '../result.ts'
import { asMany } from './drawing.ts'
import { parseMeta, textsOf } from './meta-fields.ts'
import { readFloats, type StoredArray } from './numbers.ts'

/** Shape: float32 [n, d], a vector each. */
export interface EmbeddingMeta {
  /** One for each vector, to tell them apart. */
  readonly labels?: readonly string[]
  /** What each vector is of, in words. */
  readonly names?: readonly string[]
}

/** Shape: `values` [count, dimensions]; lists are empty or have an entry a vector. */
export interface EmbeddingContent {
  readonly kind: 'embedding'
  readonly count: number
  readonly dimensions: number
  readonly values: Float32Array | Float64Array
  readonly labels: readonly string[]
  readonly names: readonly string[]
}

export function parseEmbedding(array: StoredArray, metaText: string): Result<EmbeddingContent, string> {
  const meta = parseMeta(metaText)
  if (!meta.ok) return meta
  const values = readFloats(array)
  if (!values.ok) return values
  const [count = 0, dimensions = 0, ...more] = array.shape
  if (more.length > 0 || count * dimensions === 0) return err(`[${array.shape.join(', ')}] are no vectors`)
  return ok({
    kind: 'embedding',
    count,
    dimensions,
    values: values.value,
    labels: asMany(textsOf(meta.value['labels']), count),
    names: asMany(textsOf(meta.value['names']), count),
  })
}
