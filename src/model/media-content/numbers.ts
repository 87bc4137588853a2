import { arrayBytes, type ArrayDtype, type ArrayShape } from '../array.ts'
import { err, ok, type Result } from '../result.ts'

/** What is to be shown of an array, as it was found in a database. */
export interface StoredArray {
  readonly dtype: ArrayDtype
  readonly shape: ArrayShape
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** The entries of an array of floats. Errors: other numbers, or as many bytes as the shape does not say. Cost: a copy. */
export function readNumbers(array: StoredArray): Result<Float64Array, string> {
  const floats = readFloats(array)
  if (!floats.ok) return floats
  const { value } = floats
  return ok(value instanceof Float64Array ? value : Float64Array.from(value))
}

/** The same in half the memory where they were written so. */
export function readFloats({
  dtype,
  shape,
  bytes,
}: StoredArray): Result<Float64Array | Float32Array, string> {
  if (dtype !== 'float64' && dtype !== 'float32') return err(`it holds ${dtype}, not floating point numbers`)
  if (arrayBytes(dtype, shape) !== bytes.byteLength) {
    return err(`it has ${bytes.byteLength} bytes, which is not what [${shape.join(', ')}] needs`)
  }
  const { buffer } = bytes.slice()
  return ok(dtype === 'float64' ? new Float64Array(buffer) : new Float32Array(buffer))
}
