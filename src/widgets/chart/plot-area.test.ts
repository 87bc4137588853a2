import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rawLine } from './chart-line.fixture.ts'
import { yRange } from './chart-range.ts'
import { logTicks } from '../ticks/log-ticks.ts'
import { panned, toPixel, xPixels, yPixels, zoomedAt, type PlotArea } from './plot-area.ts'

const anyPositive = fc.oneof(
  fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true }),
  fc.constantFrom(Number.MIN_VALUE, 2 ** -1022, 1e-300, 1, 1e300, Number.MAX_VALUE),
)
const anyValue = fc.oneof(
  anyPositive,
  fc.constant(0),
  anyPositive.map((value) => -value),
)

describe('a log axis', () => {
  it('has finite ends around everything above 0, and few ticks between them, whatever the values', () => {
    fc.assert(
      fc.property(
        fc.array(anyValue, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 2, max: 20 }),
        (values, most) => {
          const range = yRange([rawLine(values)], { from: 0, to: values.length }, false, 'log')
          const above = values.filter((value) => value > 0)
          expect(range === null).toBe(above.length === 0)
          const [low, high] = range ?? [1, 10]
          expect(low > 0 && low < high && high <= Number.MAX_VALUE).toBe(true)
          expect(above.every((value) => value <= high && value >= low)).toBe(true)
          const ticks = logTicks(low, high, most)
          expect(ticks.length).toBeGreaterThanOrEqual(3)
          expect(ticks.length).toBeLessThanOrEqual(8)
          expect(ticks.every(({ at }) => at >= low * 0.999 && at <= high * 1.001)).toBe(true)
        },
      ),
    )
  })

  it('places what is 0 or less below its lower end, and equal factors equally far apart', () => {
    const area: PlotArea = {
      left: 10,
      top: 0,
      width: 100,
      height: 50,
      ratio: 1,
      x: { from: 1, to: 100 },
      y: [0.1, 10],
      xScale: 'log',
      yScale: 'log',
    }
    expect(toPixel(xPixels(area), 10)).toBeCloseTo(60)
    expect(toPixel(yPixels(area), 1)).toBeCloseTo(25)
    expect(toPixel(yPixels(area), 0)).toBeGreaterThan(50)
    expect(toPixel(xPixels(area), -3)).toBeLessThan(10)
    const zoomed = zoomedAt(area.x, 10, 0.5, 'log')
    expect(zoomed.from).toBeCloseTo(10 ** 0.5)
    expect(zoomed.to).toBeCloseTo(10 ** 1.5)
    expect(panned(area.x, 0.5, 'log').from).toBeCloseTo(10)
  })
})
