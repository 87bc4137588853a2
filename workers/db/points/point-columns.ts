/**
 * Points column by column, in log order.
 *
 * Shape: three arrays of one length.
 * Unit: steps are finite, up to 2^53; times UnixMs.
 */
export interface PointArrays {
  readonly steps: Float64Array
  readonly values: Float64Array
  readonly times: Float64Array
}

/** A part of the columns. Cost: no copy. */
export function slicePoints(points: PointArrays, from: number, to: number): PointArrays {
  return {
    steps: points.steps.subarray(from, to),
    values: points.values.subarray(from, to),
    times: points.times.subarray(from, to),
  }
}

/**
 * The doubles of a column as bytes and back. Little-endian is what every machine that runs a browser has; the files are
 * little-endian because of it. Cost: no copy.
 */
export function doublesToBytes(doubles: Float64Array): Uint8Array {
  return new Uint8Array(doubles.buffer, doubles.byteOffset, doubles.byteLength)
}

/** Cost: no copy when the bytes are aligned to 8. */
export function bytesToDoubles(bytes: Uint8Array): Float64Array {
  if (bytes.byteOffset % Float64Array.BYTES_PER_ELEMENT !== 0) return bytesToDoubles(bytes.slice())
  return new Float64Array(
    bytes.buffer,
    bytes.byteOffset,
    Math.floor(bytes.length / Float64Array.BYTES_PER_ELEMENT),
  )
}
