import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logTicks } from './log-ticks.ts'

const anyEnd = fc.double({ min: -300, max: 300, noNaN: true }).map((power) => 10 ** power)

describe('ticks of a log axis', () => {
  it('lie between its ends, in order, and are few', () => {
    fc.assert(
      fc.property(anyEnd, anyEnd, fc.integer({ min: 1, max: 20 }), (a, b, most) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        const ticks = logTicks(low, high, most)
        expect(ticks.every((tick) => tick >= low * (1 - 1e-6) && tick <= high * (1 + 1e-6))).toBe(true)
        expect(ticks).toEqual([...new Set(ticks)].toSorted((x, y) => x - y))
        expect(ticks.length).toBeLessThanOrEqual(most + 3)
      }),
    )
  })

  it('are 1, 2 and 5 times powers of ten where there is room, and numbers as they are written', () => {
    expect(logTicks(1, 100, 10)).toEqual([1, 2, 5, 10, 20, 50, 100])
    expect(logTicks(1e-5, 1e-4, 4)).toEqual([1e-5, 2e-5, 5e-5, 1e-4])
    expect(logTicks(1, 100, 5)).toEqual([1, 10, 100])
  })

  it('skip the same powers wherever the axis begins', () => {
    expect(logTicks(1e-4, 1e4, 4)).toEqual([1e-4, 1e-2, 1, 1e2, 1e4])
    expect(logTicks(1e-5, 1e4, 5)).toEqual([1e-4, 1e-2, 1, 1e2, 1e4])
  })

  it('are there at an end that a calculation missed by its last digit', () => {
    expect(logTicks(1 + 2 ** -52, 1000 - 1e-13, 3)).toEqual([1, 10, 100, 1000])
  })

  it('are none where it has no ends', () => {
    expect(logTicks(0, 1, 5)).toEqual([])
    expect(logTicks(-1, 1, 5)).toEqual([])
    expect(logTicks(1, Number.POSITIVE_INFINITY, 5)).toEqual([])
    expect(logTicks(Number.NaN, 1, 5)).toEqual([])
  })
})
