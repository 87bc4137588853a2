import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeDoubles, encodeDoubles } from './double-codec.ts'
import { decodeIntegers, encodeIntegers } from './integer-codec.ts'
import { readVarintSums, VARINT_MAX_BYTES, VARINT_MAX_MAGNITUDE, writeVarint } from './varint.ts'

const MOST = Number.MAX_SAFE_INTEGER

/** −0 and the infinities are told apart, a NaN equals a NaN. */
function isSame(actual: Float64Array, expected: readonly number[]): boolean {
  return (
    actual.length === expected.length && actual.every((value, index) => Object.is(value, expected[index]))
  )
}

function roundTrip(column: readonly number[]): Float64Array {
  return decodeIntegers(encodeIntegers(Float64Array.from(column)).slice(), column.length)
}

const columns = fc.oneof(
  fc.array(fc.maxSafeInteger()),
  fc.array(fc.integer({ min: -3, max: 100 })).map((deltas) => {
    let time = 1.7e12
    return deltas.map((delta) => (time += delta))
  }),
  fc.array(fc.double()),
  fc.array(
    fc.constantFrom(0, -0, 1, 0.5, MOST, -MOST, 2 ** 52, -(2 ** 52), 2 ** 51 + 1, Infinity, -Infinity, NaN),
  ),
  fc
    .tuple(fc.maxSafeInteger(), fc.integer(), fc.nat(300))
    .map(([first, delta, count]) => Array.from({ length: count }, (_, index) => first + index * delta)),
)

describe('integer codec', () => {
  it('gives every column back bit for bit', () => {
    fc.assert(
      fc.property(columns, (column) => {
        expect(isSame(roundTrip(column), column)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('takes 24 bytes for a regular column and a byte a point for millisecond times', () => {
    const regular = Float64Array.from({ length: 8192 }, (_, index) => 7 + 3 * index)
    expect(encodeIntegers(regular).length).toBe(24)
    const times = Float64Array.from({ length: 8192 }, (_, index) => 1.7e12 + index * 16 + (index % 3))
    expect(encodeIntegers(times).length).toBe(16 + 8191)
  })

  it('refuses bytes that end early or are of an unknown kind', () => {
    const bytes = encodeIntegers(Float64Array.of(1, 5, 6, 1000))
    expect(() => decodeIntegers(bytes.slice(0, -1), 4)).toThrow('ends early')
    expect(() => decodeIntegers(Uint8Array.of(9, 0, 0), 1)).toThrow('unknown kind')
    expect(() => decodeIntegers(encodeIntegers(Float64Array.of(0.1, 0.7, 0.2)), 4)).toThrow(
      '3 points where 4',
    )
  })
})

describe('varint', () => {
  it('gives back every whole number it admits', () => {
    const admitted = fc.oneof(
      fc.maxSafeInteger().filter((value) => Math.abs(value) < VARINT_MAX_MAGNITUDE),
      fc.integer(),
      fc.constantFrom(0, 63, 64, -64, -65, 2 ** 30, -(2 ** 30), 2 ** 30 - 1, 2 ** 52 - 1, 1 - 2 ** 52),
    )
    fc.assert(
      fc.property(admitted, (value) => {
        const bytes = new Uint8Array(VARINT_MAX_BYTES)
        expect(writeVarint(bytes, 0, value)).toBeLessThanOrEqual(VARINT_MAX_BYTES)
        const into = Float64Array.of(0, 0)
        readVarintSums(bytes, 0, into)
        expect(into[1]).toBe(value)
      }),
    )
  })
})

describe('double codec', () => {
  it('gives every value back bit for bit', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), (column) => {
        const bytes = encodeDoubles(Float64Array.from(column)).slice()
        expect(isSame(decodeDoubles(bytes, column.length), column)).toBe(true)
      }),
    )
  })
})
