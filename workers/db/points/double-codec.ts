import { exactly } from './integer-codec.ts'
import { bytesToDoubles, doublesToBytes } from './point-columns.ts'

/**
 * The codec of values: every bit of every double, whatever it is.
 *
 * Byte by byte: eight bytes a point, IEEE-754, little-endian.
 *
 * Owner: shared with the argument. Cost: no copy.
 */
export function encodeDoubles(column: Float64Array): Uint8Array {
  return doublesToBytes(column)
}

/** Errors: throws when the bytes are no column of `count` points. Cost: no copy when aligned. */
export function decodeDoubles(bytes: Uint8Array, count: number): Float64Array {
  return exactly(bytesToDoubles(bytes), count)
}
