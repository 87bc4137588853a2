import { arrayBytes, isArrayShape, MAX_ARRAY_BYTES } from '../model/array.ts'
import type { ArrayDtype, ArrayShape } from '../model/array.ts'
import type { MediaNote } from '../model/media.ts'
import { err, ok, type Result } from '../model/result.ts'
import type { RefusalReason } from '../model/log-batch.ts'

/** Any typed array there is. */
export type TypedArray = ArrayBufferView & { readonly length: number }

/** Numbers that belong together: a gradient, an image, a histogram. `shape` is row-major; one dimension when left out. */
export type ArrayValue = TypedArray | { readonly data: TypedArray; readonly shape: ArrayShape }

/** By the name every typed array bears, in whatever page or frame it was made. */
const DTYPES: Readonly<Record<string, ArrayDtype>> = {
  Int8Array: 'int8',
  Uint8Array: 'uint8',
  Uint8ClampedArray: 'uint8_clamped',
  Int16Array: 'int16',
  Uint16Array: 'uint16',
  Float16Array: 'float16',
  Int32Array: 'int32',
  Uint32Array: 'uint32',
  Float32Array: 'float32',
  BigInt64Array: 'int64',
  BigUint64Array: 'uint64',
  Float64Array: 'float64',
}

export interface ParsedArray {
  readonly data: TypedArray
  readonly dtype: ArrayDtype
  readonly shape: ArrayShape
  readonly media?: MediaNote
}

/** What a logged value is as an array. Errors: why it is none that can be kept. */
export function parseArray(value: unknown): Result<ParsedArray, RefusalReason> {
  const { data, shape } = isTypedArray(value) ? { data: value, shape: [value.length] } : dataAndShape(value)
  if (!isTypedArray(data)) return err('value-not-a-number')
  const dtype = DTYPES[nameOf(data)]
  if (dtype === undefined) return err('value-not-a-number')
  if (data.byteLength > MAX_ARRAY_BYTES) return err('array-too-large')
  if (!isArrayShape(shape) || arrayBytes(dtype, shape) !== data.byteLength) {
    return err('array-shape-does-not-fit')
  }
  return ok({ data, dtype, shape: [...shape] })
}

function dataAndShape(value: unknown): { readonly data?: unknown; readonly shape?: unknown } {
  return typeof value === 'object' && value !== null ? value : {}
}

export function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
}

function nameOf(data: TypedArray): string {
  return String(Reflect.get(data, Symbol.toStringTag))
}

/** The bytes of an array as they lie in memory. Cost: no copy. */
export function bytesOf({ buffer, byteOffset, byteLength }: TypedArray): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/**
 * The bytes of an array, its buffer taken from the caller, who has an empty one afterwards.
 *
 * Cost: no copy; one where the buffer cannot change hands, like shared memory and that of WebAssembly.
 */
export function takeBytes(data: TypedArray): Uint8Array {
  try {
    return bytesOf(structuredClone(data, { transfer: [data.buffer as ArrayBuffer] }))
  } catch {
    return bytesOf(data).slice()
  }
}
