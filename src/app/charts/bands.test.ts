import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinCurves, type BandCurve, type Curve } from './bands.ts'
import { BANDS, type Band } from '../workspace/charts-view.ts'

const anyValue = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value || 0)
const anyCurve: fc.Arbitrary<Curve> = fc
  .uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 20 })
  .chain((steps) =>
    fc
      .array(fc.tuple(anyValue, fc.double({ min: 0, max: 10, noNaN: true })), {
        minLength: steps.length,
        maxLength: steps.length,
      })
      .map((drawn) => ({
        x: Float64Array.from(steps.toSorted((a, b) => a - b)),
        mean: Float64Array.from(drawn, ([value]) => value),
        min: Float64Array.from(drawn, ([value, room]) => value - room),
        max: Float64Array.from(drawn, ([value, room]) => value + room),
      })),
  )

/** The value of a curve at x by looking at every pair of neighbours; null beyond its ends. */
function valueAt({ x, mean }: Curve, place: number): number | null {
  for (let index = 0; index < x.length; index += 1) {
    const [at = 0, next = Infinity] = [x[index], x[index + 1]]
    if (at === place) return mean[index] ?? 0
    if (at < place && place < next && next !== Infinity) {
      const [from = 0, to = 0] = [mean[index], mean[index + 1]]
      return from + ((to - from) * (place - at)) / (next - at)
    }
  }
  return null
}

function near(actual: number | undefined, expected: number): void {
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(
    1e-6 * Math.max(1, Math.abs(expected)),
  )
}

/** Compares with every curve asked one by one. */
function expectJoined(joined: BandCurve, curves: readonly Curve[], band: Band): void {
  joined.x.forEach((place, index) => {
    const values = curves.map((curve) => valueAt(curve, place)).filter((value) => value !== null)
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    expect(joined.count[index]).toBe(values.length)
    near(joined.mean[index], mean)
    const [low, high] = bandOf(values, band)
    const [min = Number.NaN, max = Number.NaN] = [joined.min[index], joined.max[index]]
    // The range of a place may hold what lies beside it.
    near(band === 'range' ? Math.min(min, low) : min, band === 'range' ? min : low)
    near(band === 'range' ? Math.max(max, high) : max, band === 'range' ? max : high)
  })
}

/** Of two values the interval by the table; the deviation of more is looked at elsewhere. */
function bandOf(values: readonly number[], band: Band): readonly [number, number] {
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0)
  const deviation = values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1))
  if (band === 'range') return [Math.min(...values), Math.max(...values)]
  const t = [0, 0, 12.7062, 4.3027, 3.1824, 2.7764, 2.5706][values.length] ?? Number.NaN
  const half = band === 'std' ? deviation : (t * deviation) / Math.sqrt(values.length)
  return [mean - half, mean + half]
}

/** The same value twice. */
function flatCurve(value: number): Curve {
  const y = Float64Array.of(value, value)
  return { x: Float64Array.of(0, 1), mean: y, min: y, max: y }
}

/** Half the interval of as many curves, half of them 0 and half 1. */
function halfInterval(count: number): number {
  const curves = Array.from({ length: count }, (_, index) => flatCurve(index % 2))
  const joined = joinCurves(curves, 'ci', 10)
  return ((joined.max[0] ?? 0) - (joined.min[0] ?? 0)) / 2
}

describe('the mean of curves', () => {
  it('and its band are what every curve says at every place', () => {
    fc.assert(
      fc.property(
        fc.array(anyCurve, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...BANDS),
        (curves, band) => {
          const everywhere = [...new Set(curves.flatMap(({ x }) => [...x]))].toSorted((a, b) => a - b)
          const whole = joinCurves(curves, band, 1000)
          expect([...whole.x]).toEqual(everywhere)
          expectJoined(whole, curves, band)
          const coarse = joinCurves(curves, band, 7)
          expect(coarse.x.length).toBeLessThanOrEqual(7)
          expectJoined(coarse, curves, band)
        },
      ),
    )
  })

  it('keeps every extreme in its range, however few places there are', () => {
    fc.assert(
      fc.property(
        fc.array(anyCurve, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 2, max: 9 }),
        (curves, most) => {
          const joined = joinCurves(curves, 'range', most)
          expect(Math.min(...joined.min)).toBe(Math.min(...curves.flatMap(({ min }) => [...min])))
          expect(Math.max(...joined.max)).toBe(Math.max(...curves.flatMap(({ max }) => [...max])))
        },
      ),
    )
  })

  it('keeps an extreme that lies nearest to a place no curve reaches', () => {
    const lone = flatCurve(0)
    const x = Float64Array.of(30, 34, 40, 55)
    const flat = Float64Array.of(0, 0, 0, 0)
    const spiked = { x, mean: flat, min: Float64Array.of(-7, 0, 0, 0), max: Float64Array.of(9, 0, 0, 0) }
    const joined = joinCurves([lone, spiked], 'range', 5)
    expect([Math.min(...joined.min), Math.max(...joined.max)]).toEqual([-7, 9])
  })

  it('of one curve is the curve, with no deviation', () => {
    fc.assert(
      fc.property(anyCurve, (curve) => {
        const joined = joinCurves([curve], 'std', 1000)
        expect(joined.mean).toEqual(curve.mean)
        expect(joined.min).toEqual(curve.mean)
        expect(joined.max).toEqual(curve.mean)
      }),
    )
  })

  it('shrinks its interval as curves come', () => {
    expect(halfInterval(10)).toBeCloseTo((2.2622 * Math.sqrt(2.5 / 9)) / Math.sqrt(10), 6)
    expect(halfInterval(40)).toBeCloseTo((2.0227 * Math.sqrt(10 / 39)) / Math.sqrt(40), 3)
    expect(halfInterval(200)).toBeLessThan(halfInterval(40))
  })
})
