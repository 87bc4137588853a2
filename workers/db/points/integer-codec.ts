import { bytesToDoubles, doublesToBytes } from './point-columns.ts'
import { readVarintSums, VARINT_MAX_BYTES, VARINT_MAX_MAGNITUDE, writeVarint } from './varint.ts'

/**
 * The codec of columns that mostly grow by whole numbers: steps and times. Any double survives it bit for bit, but for
 * the payload of a NaN.
 *
 * Byte by byte, little-endian:
 *   0      kind: 0 raw, 1 regular, 2 deltas
 *   1 … 7  zero, so that doubles are aligned
 *   raw:     8 …       one double a point
 *   regular: 8 … 15    the first point; 16 … 23 the delta: point i is first + i × delta
 *   deltas:  8 … 15    the first point; 16 … a zigzag varint a further point, to be added to the one before
 *
 * Regular and deltas are taken only when that arithmetic, in doubles, gives every point back exactly.
 */
const KIND_RAW = 0
const KIND_REGULAR = 1
const KIND_DELTAS = 2
const HEADER_BYTES = 8
const BODY_OFFSET = 16
const DOUBLE_BYTES = 8

/** Varints are written here and then cut to size; a fresh buffer for each column cost a fifth of ingest. */
let scratch = new Uint8Array(0)

/** Cost: one pass, two for a column that is neither regular nor whole. Owner: the caller. */
export function encodeIntegers(column: Float64Array): Uint8Array {
  const first = column[0] ?? 0
  const delta = (column[1] ?? first) - first
  if (isRegular(column, first, delta))
    return encodeHead(KIND_REGULAR, first, doublesToBytes(Float64Array.of(delta)))
  const end = writeDeltas(column, first)
  if (end !== null) return encodeHead(KIND_DELTAS, first, scratch.subarray(0, end))
  const bytes = new Uint8Array(HEADER_BYTES + column.length * DOUBLE_BYTES)
  bytes[0] = KIND_RAW
  bytes.set(doublesToBytes(column), HEADER_BYTES)
  return bytes
}

function encodeHead(kind: number, first: number, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(BODY_OFFSET + body.length)
  bytes[0] = kind
  bytes.set(doublesToBytes(Float64Array.of(first)), HEADER_BYTES)
  bytes.set(body, BODY_OFFSET)
  return bytes
}

/** Errors: throws when the bytes are no column of `count` points. Owner: the caller. */
export function decodeIntegers(bytes: Uint8Array, count: number): Float64Array {
  const kind = bytes[0]
  if (kind === KIND_RAW) return exactly(bytesToDoubles(bytes.subarray(HEADER_BYTES)), count)
  const column = new Float64Array(count)
  const [first = 0, delta = 0] = bytesToDoubles(bytes.slice(HEADER_BYTES, BODY_OFFSET + DOUBLE_BYTES))
  if (kind === KIND_REGULAR) {
    for (let index = 0; index < count; index++) column[index] = first + index * delta
    return column
  }
  if (kind !== KIND_DELTAS) throw new Error(`A column of whole numbers has the unknown kind ${String(kind)}.`)
  column[0] = first
  readVarintSums(bytes, BODY_OFFSET, column)
  return column
}

/** Errors: throws when the column does not have `count` points. */
export function exactly(column: Float64Array, count: number): Float64Array {
  if (column.length !== count) {
    throw new Error(`A column holds ${column.length} points where ${count} belong.`)
  }
  return column
}

function isRegular(column: Float64Array, first: number, delta: number): boolean {
  for (let index = 0; index < column.length; index++) {
    const current = column[index]
    if (current !== first + index * delta || isNegativeZero(current)) return false
  }
  return column.length > 0
}

/** Fills the scratch with the varints after the first point and answers their length; null when they would not do. */
function writeDeltas(column: Float64Array, first: number): number | null {
  const room = column.length * VARINT_MAX_BYTES
  if (scratch.length < room) scratch = new Uint8Array(room)
  let end = 0
  let before = first
  for (let index = 1; index < column.length; index++) {
    const current = column[index] ?? 0
    const delta = current - before
    if (
      Math.floor(delta) !== delta ||
      delta >= VARINT_MAX_MAGNITUDE ||
      delta <= -VARINT_MAX_MAGNITUDE ||
      before + delta !== current ||
      isNegativeZero(current)
    ) {
      return null
    }
    end = writeVarint(scratch, end, delta)
    before = current
  }
  return column.length > 0 ? end : null
}

function isNegativeZero(value: number | undefined): boolean {
  return value === 0 && Object.is(value, -0)
}
