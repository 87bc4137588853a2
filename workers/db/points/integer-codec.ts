import { bytesToDoubles, doublesToBytes } from './point-columns.ts'
import { readVarintSums, VARINT_MAX_BYTES, VARINT_MAX_MAGNITUDE, writeVarint } from './varint.ts'

/**
 * The codec of columns that are mostly whole numbers: steps and times. Any double survives it bit for bit, but for the
 * payload of a NaN.
 *
 * Byte by byte, little-endian:
 *   0      kind: 0 raw, 1 regular, 2 deltas
 *   1 … 7  zero, so that doubles are aligned
 *   raw:     8 …       one double a point
 *   regular: 8 … 15    the first point; 16 … 23 the difference between neighbours
 *   deltas:  8 … 15    the first point; 16 … a zigzag varint a further point, the difference to the one before
 *
 * Raw is taken when a number is fractional, −0, not finite, beyond 2^53 − 1, or differs from its neighbour by 2^52 or
 * more.
 */
const KIND_RAW = 0
const KIND_REGULAR = 1
const KIND_DELTAS = 2
const HEADER_BYTES = 8
const BODY_OFFSET = 16
const DOUBLE_BYTES = 8

/** Cost: two passes. Owner: the caller. */
export function encodeIntegers(column: Float64Array): Uint8Array {
  const kind = kindOf(column)
  if (kind === KIND_RAW) {
    const bytes = new Uint8Array(HEADER_BYTES + column.length * DOUBLE_BYTES)
    bytes.set(doublesToBytes(column), HEADER_BYTES)
    return bytes
  }
  const first = column[0] ?? 0
  if (kind === KIND_REGULAR) {
    const bytes = new Uint8Array(BODY_OFFSET + DOUBLE_BYTES)
    bytes[0] = KIND_REGULAR
    new Float64Array(bytes.buffer, HEADER_BYTES).set([first, (column[1] ?? first) - first])
    return bytes
  }
  const bytes = new Uint8Array(BODY_OFFSET + column.length * VARINT_MAX_BYTES)
  bytes[0] = KIND_DELTAS
  new Float64Array(bytes.buffer, HEADER_BYTES, 1)[0] = first
  let end = BODY_OFFSET
  let before = first
  for (let index = 1; index < column.length; index++) {
    const current = column[index] ?? 0
    end = writeVarint(bytes, end, current - before)
    before = current
  }
  return bytes.subarray(0, end)
}

/** Errors: throws when the bytes are no column of `count` points. Owner: the caller. */
export function decodeIntegers(bytes: Uint8Array, count: number): Float64Array {
  const kind = bytes[0]
  if (kind === KIND_RAW) return exactly(bytesToDoubles(bytes.subarray(HEADER_BYTES)), count)
  const [first = 0, delta = 0] = bytesToDoubles(bytes.slice(HEADER_BYTES, BODY_OFFSET + DOUBLE_BYTES))
  const column = new Float64Array(count)
  if (kind === KIND_REGULAR) {
    for (let index = 0; index < count; index++) column[index] = first + index * delta
    return column
  }
  if (kind !== KIND_DELTAS) throw new Error(`A column of whole numbers has the unknown kind ${String(kind)}.`)
  column[0] = first
  readVarintSums(bytes, BODY_OFFSET, column)
  return column
}

export function exactly(column: Float64Array, count: number): Float64Array {
  if (column.length !== count) {
    throw new Error(`A column holds ${column.length} points where ${count} belong.`)
  }
  return column
}

function kindOf(column: Float64Array): number {
  const first = column[0]
  if (first === undefined || !isWhole(first)) return KIND_RAW
  const delta = (column[1] ?? first) - first
  let regular = true
  let before = first
  for (let index = 1; index < column.length; index++) {
    const current = column[index] ?? 0
    const step = current - before
    if (!isWhole(current) || Math.abs(step) >= VARINT_MAX_MAGNITUDE) return KIND_RAW
    if (step !== delta) regular = false
    before = current
  }
  return regular && isRebuilt(column, first, delta) ? KIND_REGULAR : KIND_DELTAS
}

/** A regular column is rebuilt by multiplying, which is exact only while every product is a safe integer. */
function isRebuilt(column: Float64Array, first: number, delta: number): boolean {
  for (let index = 0; index < column.length; index++) {
    if (column[index] !== first + index * delta) return false
  }
  return true
}

function isWhole(value: number): boolean {
  if (value === 0) return Object.is(value, 0)
  return Math.floor(value) === value && value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER
}
