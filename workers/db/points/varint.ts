/**
 * Zigzag varints: signed integers, small ones short.
 *
 * Byte by byte: d ≥ 0 becomes 2d, d < 0 becomes −2d − 1; then seven bits a byte, lowest first, the top bit set on all
 * bytes but the last. −64 … 63 take one byte, −8192 … 8191 two.
 */

/** Beyond this the zigzag of a delta is no exact double. */
export const VARINT_MAX_MAGNITUDE = 2 ** 52

/** A zigzag below 2^53 is at most eight groups of seven bits. */
export const VARINT_MAX_BYTES = 8

const ONE_BYTE = 0x80
const LOW_BITS = 0x7f

/** Below this the zigzag fits the 31 bits that bit operators work on. */
const SMALL = 2 ** 30

/** Writes one and answers the offset after it. `bytes` has VARINT_MAX_BYTES of room. */
export function writeVarint(bytes: Uint8Array, offset: number, value: number): number {
  let at = offset
  if (value < SMALL && value > -SMALL) {
    let small = (value << 1) ^ (value >> 31)
    while (small >= ONE_BYTE) {
      bytes[at++] = (small & LOW_BITS) | ONE_BYTE
      small >>>= 7
    }
    bytes[at++] = small
    return at
  }
  let rest = value < 0 ? -2 * value - 1 : 2 * value
  while (rest >= ONE_BYTE) {
    bytes[at++] = (rest % ONE_BYTE) + ONE_BYTE
    rest = Math.floor(rest / ONE_BYTE)
  }
  bytes[at++] = rest
  return at
}

/**
 * Reads the running sums of `into.length − 1` varints into `into`, whose first entry is there already.
 *
 * Errors: throws when the bytes end early.
 */
export function readVarintSums(bytes: Uint8Array, offset: number, into: Float64Array): void {
  let at = offset
  let sum = into[0] ?? 0
  for (let index = 1; index < into.length; index++) {
    const first = bytes[at++]
    if (first === undefined) throw new Error('A column of varints ends early.')
    if (first < ONE_BYTE) {
      sum += (first >>> 1) ^ -(first & 1)
    } else {
      let zigzag = first & LOW_BITS
      let scale = ONE_BYTE
      for (;;) {
        const next = bytes[at++]
        if (next === undefined) throw new Error('A column of varints ends early.')
        zigzag += (next & LOW_BITS) * scale
        if (next < ONE_BYTE) break
        scale *= ONE_BYTE
      }
      sum += zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2
    }
    into[index] = sum
  }
}
