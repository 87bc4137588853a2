import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { yRange } from '../chart/chart-range.ts'
import { rawLine } from '../chart/chart-line.fixture.ts'
import { areOne } from './axis-places.ts'
import { axisTicks, type TickKind } from './axis-ticks.ts'

const MOST = Number.MAX_VALUE
const anyNumber = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -10, max: 10, noNaN: true }),
  fc.constantFrom(0, Number.MIN_VALUE, -Number.MIN_VALUE, 1e-310, 2.7, 1e17, 1e18, MOST, -MOST),
)
/** Far apart, and as near as axes still tell apart. */
const anyEnds = fc
  .oneof(
    fc.tuple(anyNumber, anyNumber),
    fc
      .tuple(anyNumber, fc.double({ min: 1e-12, max: 1, noNaN: true }))
      .map(([at, part]) => [at, Math.max(-MOST, Math.min(MOST, at + Math.abs(at) * part))] as const),
  )
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
  .filter(([low, high]) => !areOne(low, high))
const anyWanted = fc.integer({ min: 0, max: 40 })

function texts(kind: TickKind, from: number, to: number, wanted = 6): readonly string[] {
  return axisTicks(kind, false, from, to, wanted).map(({ text }) => text)
}

/** A duration is one word, whatever it is made of. */
const unbroken = (text: string): string => text.replace(' ', '\u00a0')

/** What makes labels hard to read; empty where they are 3 to 8, none like another, in order between the ends. */
function faults(ticks: ReturnType<typeof axisTicks>, low: number, high: number): readonly string[] {
  const places = ticks.map(({ at }) => at)
  return [
    ...(ticks.length >= 3 && ticks.length <= 8 ? [] : [`${ticks.length} labels`]),
    ...(new Set(ticks.map(({ text }) => text)).size === ticks.length ? [] : ['alike']),
    ...(places.every((at, index) => at > (places[index - 1] ?? -Infinity)) ? [] : ['not in order']),
    ...(places.every((at) => at >= low && at <= high) ? [] : ['beyond the ends']),
  ]
}

describe('the ticks of an axis', () => {
  it.each(['number', 'elapsed'] as const)('of any %s are 3 to 8 labels, none like another', (kind) => {
    fc.assert(
      fc.property(anyEnds, anyWanted, ([low, high], wanted) => {
        expect(faults(axisTicks(kind, false, low, high, wanted), low, high)).toEqual([])
      }),
      { numRuns: 2_000 },
    )
  })

  it('of whole numbers lie on them, all of them where there are hardly any', () => {
    const whole = fc.integer({ min: -(2 ** 50), max: 2 ** 50 })
    fc.assert(
      fc.property(whole, fc.integer({ min: 2, max: 2 ** 40 }), anyWanted, (low, length, wanted) => {
        const ticks = axisTicks('whole', false, low, low + length, wanted)
        expect(faults(ticks, low, low + length)).toEqual([])
        expect(ticks.every(({ at }) => Number.isInteger(at))).toBe(true)
      }),
    )
    expect(texts('whole', 0, 1)).toEqual(['0', '1'])
  })

  it('are there around any one value', () => {
    fc.assert(
      fc.property(anyNumber, anyWanted, (value, wanted) => {
        const [low, high] = yRange([rawLine([value, value])], { from: 0, to: 1 }, false) ?? [0, 0]
        expect(faults(axisTicks('number', false, low, high, wanted), low, high)).toEqual([])
      }),
    )
  })

  it('say how they differ where digits run out', () => {
    expect(texts('number', 2.7 - 1e-11, 2.7 + 1e-11, 4)).toEqual(
      ['−1e-11', '−5e-12', '2.7', '+5e-12', '+1e-11'].filter((_, at) => at % 2 === 0),
    )
    expect(texts('number', 0.98, 0.99, 4)).toEqual(['0.98', '0.985', '0.99'])
    expect(texts('whole', 1_700_000_000_001, 1_700_000_000_004)).toEqual([
      '1,700,000,000,001',
      '+1',
      '+2',
      '+3',
    ])
  })

  it('are whole days, then hours and less, of what has gone by', () => {
    expect(texts('elapsed', 0, 5 * 86_400_000)).toEqual(
      ['0 d', '1 d', '2 d', '3 d', '4 d', '5 d'].map(unbroken),
    )
    expect(texts('elapsed', 0, 4)).toEqual(
      ['0.000 s', '0.001 s', '0.002 s', '0.003 s', '0.004 s'].map(unbroken),
    )
  })

  it('are none on an axis without a length', () => {
    expect(texts('number', 1, 1)).toEqual([])
    expect(texts('number', Number.NaN, 1)).toEqual([])
  })
})
