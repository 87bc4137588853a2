import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areOne } from './axis-places.ts'
import { logTicks } from './log-ticks.ts'

const anyEnd = fc.double({ min: -300, max: 300, noNaN: true }).map((power) => 10 ** power)

function places(from: number, to: number, wanted: number): readonly number[] {
  return logTicks(from, to, wanted).map(({ at }) => at)
}

describe('ticks of a log axis', () => {
  it('lie between its ends, in order, and are few', () => {
    fc.assert(
      fc.property(anyEnd, anyEnd, fc.integer({ min: 1, max: 20 }), (a, b, most) => {
        fc.pre(!areOne(Math.min(a, b), Math.max(a, b)))
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        const ticks = places(low, high, most)
        expect(ticks.every((tick) => tick >= low * (1 - 1e-6) && tick <= high * (1 + 1e-6))).toBe(true)
        expect(ticks).toEqual([...new Set(ticks)].toSorted((x, y) => x - y))
        expect(ticks.length).toBeGreaterThanOrEqual(3)
        expect(ticks.length).toBeLessThanOrEqual(8)
      }),
    )
  })

  it('are 1, 2 and 5 times powers of ten where there is room, and numbers as they are written', () => {
    expect(places(1, 100, 10)).toEqual([1, 2, 5, 10, 20, 50, 100])
    expect(places(1e-5, 1e-4, 4)).toEqual([1e-5, 2e-5, 5e-5, 1e-4])
    expect(places(1, 100, 5)).toEqual([1, 10, 100])
  })

  it('skip the same powers wherever the axis begins', () => {
    expect(places(1e-4, 1e4, 5)).toEqual([1e-4, 1e-2, 1, 1e2, 1e4])
    expect(places(1e-5, 1e4, 5)).toEqual([1e-4, 1e-2, 1, 1e2, 1e4])
  })

  it('are there at an end that a calculation missed by its last digit', () => {
    expect(places(1 + 2 ** -52, 1000 - 1e-13, 3)).toEqual([1, 10, 100, 1000])
  })

  it('are there within one decade', () => {
    expect(places(0.6, 0.9, 4)).toEqual([0.6, 0.7, 0.8, 0.9])
    expect(places(2.1, 4.9, 6)).toEqual([2.5, 3, 3.5, 4, 4.5])
  })

  it('are none where it has no ends', () => {
    expect(places(0, 1, 5)).toEqual([])
    expect(places(-1, 1, 5)).toEqual([])
    expect(places(1, Number.POSITIVE_INFINITY, 5)).toEqual([])
    expect(places(Number.NaN, 1, 5)).toEqual([])
  })
})
