/** A tensor of TensorFlow.js, as far as reading it needs. */
export interface TensorLike {
  readonly shape: readonly number[]
  data(): Promise<ArrayLike<unknown>>
  clone?(): TensorLike
  dispose?(): void
  /** True keeps it when the `tidy` around it ends; what `tf.keep` sets. */
  kept?: boolean
}

export function isTensor(value: object): value is TensorLike {
  return typeof Reflect.get(value, 'data') === 'function' && Array.isArray(Reflect.get(value, 'shape'))
}

export function tensorSize({ shape }: TensorLike): number {
  return shape.reduce((size, length) => size * length, 1)
}

/**
 * The values of a tensor, read without blocking.
 *
 * Owner: the tensor stays the caller's and may be disposed at once; a clone is read and disposed.
 */
export async function readTensor(tensor: TensorLike): Promise<ArrayLike<unknown>> {
  const clone = tensor.clone?.()
  if (clone !== undefined) clone.kept = true
  try {
    return await (clone ?? tensor).data()
  } finally {
    clone?.dispose?.()
  }
}
