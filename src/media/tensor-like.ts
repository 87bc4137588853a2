import { err, ok } from '../model/result.ts'
import { isArrayShape, type ArrayShape } from '../model/array.ts'
import type { Words } from './later.ts'

/** A tensor of any library, as far as reading it needs. */
export interface TensorLike {
  readonly shape: readonly number[]
  readonly dtype: string
  data(): Promise<ArrayLike<number>>
  clone?(): TensorLike
  dispose?(): void
}

/** What a tensor held when it was handed over. Shape: `values` row-major, as many as `shape` says. */
export interface ReadTensor {
  readonly values: ArrayLike<number>
  readonly shape: ArrayShape
  readonly dtype: string
}

export function isTensorLike(value: unknown): value is TensorLike {
  if (typeof value !== 'object' || value === null) return false
  return Array.isArray(Reflect.get(value, 'shape')) && typeof Reflect.get(value, 'data') === 'function'
}

/**
 * Reads a tensor back.
 *
 * Owner: the tensor stays the caller's and may be disposed as soon as this returns, inside a `tidy` too: a clone that is
 * kept is read and disposed. `values` may be the memory of the backend itself: copy it.
 */
export async function readTensor(tensor: TensorLike): Promise<Words<ReadTensor>> {
  const clone = tensor.clone?.()
  // What `tf.keep` sets.
  if (clone !== undefined) Object.assign(clone, { kept: true })
  const source = clone ?? tensor
  try {
    const shape = [...source.shape]
    const values = await source.data()
    const count = shape.reduce((product, length) => product * length, 1)
    if (!isArrayShape(shape) || values.length !== count) {
      return err(`tensor of ${values.length} values, shape [${shape.join(', ')}]`)
    }
    return ok({ values, shape, dtype: String(source.dtype) })
  } finally {
    clone?.dispose?.()
  }
}
