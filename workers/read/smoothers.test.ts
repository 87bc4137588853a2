import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SMOOTHING_METHODS } from '../../src/protocol/windows.ts'
import type { Smoothing } from '../../src/protocol/windows.ts'
import { makeSmoother, resumeSmoother } from './smoothers.ts'

interface Column {
  readonly x: Float64Array
  readonly values: Float64Array
}

const anySmoothing: fc.Arbitrary<Smoothing> = fc.record({
  method: fc.constantFrom(...SMOOTHING_METHODS),
  width: fc.constantFrom(0.5, 1, 3, 10, 100),
})
const anyColumn: fc.Arbitrary<Column> = fc
  .array(
    fc.record({
      // Mostly forward, sometimes staying or back.
      distance: fc.constantFrom(0, 1, 1, 1, 1, 2, 7, 300, -1, -20),
      value: fc.oneof(
        { arbitrary: fc.double({ min: -1e3, max: 1e3, noNaN: true }), weight: 12 },
        fc.constantFrom(Number.NaN, Infinity, -Infinity),
      ),
    }),
    { maxLength: 120 },
  )
  .map((points) => {
    let at = 5
    const x = Float64Array.from(points, ({ distance }) => (at += distance))
    return { x, values: Float64Array.from(points, ({ value }) => value) }
  })

/** Each point from all before it, as the definition says. */
function smoothNaively({ x, values }: Column, { method, width }: Smoothing): number[] {
  let far = 0
  const travelled = Array.from(
    x,
    (at, index) => (far += Math.max(0, index === 0 ? 0 : at - (x[index - 1] ?? 0))),
  )
  const weightAt = (distance: number): number => {
    if (method === 'ema') return 2 ** (-distance / width)
    if (method === 'mean') return distance < width ? 1 : 0
    const stride = (3 * width) / 48
    const stair = Math.floor(distance / stride)
    return stair < 48 ? Math.exp(-0.5 * (((stair + 0.5) * stride) / width) ** 2) : 0
  }
  return Array.from(values, (value, index) => {
    if (!Number.isFinite(value)) return Number.NaN
    let sum = 0
    let weight = 0
    for (let before = 0; before <= index; before++) {
      const other = values[before] ?? Number.NaN
      if (!Number.isFinite(other)) continue
      const share = weightAt((travelled[index] ?? 0) - (travelled[before] ?? 0))
      sum += share * other
      weight += share
    }
    return sum / weight
  })
}

function slice({ x, values }: Column, from: number, to?: number): [Float64Array, Float64Array] {
  return [x.slice(from, to), values.slice(from, to)]
}

function isClose(value: number | undefined, expected: number): boolean {
  return Number.isNaN(expected) ? Number.isNaN(value) : Math.abs((value ?? Number.NaN) - expected) < 1e-8
}

describe('a smoother', () => {
  it('answers what its definition says', () => {
    fc.assert(
      fc.property(anyColumn, anySmoothing, (column, smoothing) => {
        const smoothed = makeSmoother(smoothing).smooth(column.x, column.values)
        smoothNaively(column, smoothing).forEach((expected, index) => {
          expect(isClose(smoothed[index], expected)).toBe(true)
        })
      }),
    )
  })

  it('never moves the past, however the points come', () => {
    fc.assert(
      fc.property(anyColumn, anySmoothing, fc.nat(120), (column, smoothing, cut) => {
        const whole = makeSmoother(smoothing).smooth(column.x, column.values)
        const inTurns = makeSmoother(smoothing)
        const before = inTurns.smooth(...slice(column, 0, cut))
        const peeked = inTurns.peek(...slice(column, cut))
        const after = inTurns.smooth(...slice(column, cut))
        expect([...before, ...after]).toEqual([...whole])
        expect([...peeked]).toEqual([...after])
      }),
    )
  })

  it('keeps a constant, to the last bit', () => {
    fc.assert(
      fc.property(
        anyColumn,
        anySmoothing,
        // Of a −0 a 0 is made.
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number || 0),
        (column, smoothing, value) => {
          // Below this the scaled sums run out of bits.
          fc.pre(value === 0 || Math.abs(value) > 1e-290)
          const values = column.values.map((each) => (Number.isFinite(each) ? value : each))
          const smoothed = makeSmoother(smoothing).smooth(column.x, values)
          expect([...smoothed]).toEqual(
            Array.from(values, (each) => (Number.isFinite(each) ? value : Number.NaN)),
          )
        },
      ),
    )
  })

  it('goes on from a state, or from what is in its reach', () => {
    fc.assert(
      fc.property(anyColumn, anySmoothing, fc.nat(120), (column, smoothing, cut) => {
        const whole = makeSmoother(smoothing).smooth(column.x, column.values)
        const first = makeSmoother(smoothing)
        first.smooth(...slice(column, 0, cut))
        const state = first.state()
        const second = state === null ? makeSmoother(smoothing) : resumeSmoother(smoothing, state)
        if (state === null) second.skip(...slice(column, 0, cut))
        const after = second.smooth(...slice(column, cut))
        after.forEach((value, index) => {
          const expected = whole[cut + index] ?? Number.NaN
          expect(isClose(value, expected)).toBe(true)
        })
      }),
    )
  })

  it('holds no more than its reach of a long series', () => {
    const smoother = makeSmoother({ method: 'mean', width: 10 })
    const x = Float64Array.from({ length: 200_000 }, (_, index) => index)
    const smoothed = smoother.smooth(x, x)
    expect(smoothed[199_999]).toBeCloseTo(199_994.5, 8)
  })
})
