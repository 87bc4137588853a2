import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slicePoints } from './point-columns.ts'
import { finiteCount, measurePoints, mergeStats } from './point-stats.ts'
import { copyUnit, encodeStats, statColumns } from './stat-columns.ts'

const point = fc.tuple(fc.integer(), fc.double(), fc.double({ noNaN: true, min: 0, max: 2e12 }))
const pointsArbitrary = fc.array(point, { minLength: 2, maxLength: 60 }).map((points) => ({
  steps: Float64Array.from(points, ([step]) => step),
  values: Float64Array.from(points, ([, value]) => value),
  times: Float64Array.from(points, ([, , time]) => time),
}))

/** By the definition, in parts of the largest so that nothing overflows. */
function deviation(values: readonly number[], size: number): number {
  if (size === 0) return 0
  const parts = values.map((value) => value / size)
  const mean = parts.reduce((sum, part) => sum + part / parts.length, 0)
  return size * Math.sqrt(parts.reduce((sum, part) => sum + (part - mean) ** 2 / parts.length, 0))
}

describe('point stats', () => {
  it('do not depend on where the points were cut', () => {
    fc.assert(
      fc.property(pointsArbitrary, fc.nat(), (points, seed) => {
        const count = points.values.length
        const cut = 1 + (seed % (count - 1))
        const whole = measurePoints(points)
        const merged = mergeStats(
          measurePoints(slicePoints(points, 0, cut)),
          measurePoints(slicePoints(points, cut, count)),
        )
        expect({ ...merged, mean: 0, std: 0 }).toEqual({ ...whole, mean: 0, std: 0 })
        const scale = Math.max(Math.abs(whole.min), Math.abs(whole.max), 1e-280)
        const drift = finiteCount(whole) === 0 ? 0 : Math.abs(merged.mean / scale - whole.mean / scale)
        expect(drift).toBeLessThan(1e-9)
        expect(Number.isNaN(merged.mean)).toBe(finiteCount(whole) === 0)
      }),
    )
  })

  it('tell the standard deviation of the finite values, however they were cut', () => {
    const values = fc.array(fc.oneof(fc.double(), fc.double({ min: 1e9, max: 1e9 + 1 })), {
      minLength: 1,
      maxLength: 80,
    })
    fc.assert(
      fc.property(values, fc.array(fc.nat({ max: 80 }), { maxLength: 6 }), (list, cuts) => {
        const all = Float64Array.from(list)
        const points = { steps: all, values: all, times: all }
        const ends = [...new Set(cuts.filter((cut) => cut > 0 && cut < all.length)), all.length].toSorted(
          (a, b) => a - b,
        )
        const parts = ends.map((end, index) => measurePoints(slicePoints(points, ends[index - 1] ?? 0, end)))
        const { std, min, max } = parts.reduce(mergeStats)
        const finite = list.filter(Number.isFinite)
        expect(Number.isNaN(std)).toBe(finite.length === 0)
        fc.pre(finite.length > 0)
        // A hundredth of a billionth of the largest of them: what rounding leaves.
        const size = Math.max(Math.abs(min), Math.abs(max))
        expect(Math.abs(std / 4 - deviation(finite, size) / 4)).toBeLessThanOrEqual(size * 1e-11)
        expect(std >= 0 && (min < max || std === 0)).toBe(true)
      }),
    )
  })

  it('keep the standard deviation of the largest and the smallest doubles', () => {
    for (const [low, high, std] of [
      [-Number.MAX_VALUE, Number.MAX_VALUE, Number.MAX_VALUE],
      [0, Number.MIN_VALUE * 4, Number.MIN_VALUE * 2],
      [1e9 + 4, 1e9 + 10, 3],
      [-1e9, 0.001, 500_000_000.0005],
    ] as const) {
      const values = Float64Array.of(low, high, low, high)
      const points = { steps: values, values, times: values }
      expect(measurePoints(points).std / std).toBeCloseTo(1, 14)
      const [left, right] = [slicePoints(points, 0, 1), slicePoints(points, 1, 4)]
      expect(mergeStats(measurePoints(left), measurePoints(right)).std / std).toBeCloseTo(1, 9)
    }
  })

  it('keep the mean of the largest doubles finite and inside its points', () => {
    const most = Number.MAX_VALUE
    const values = Float64Array.of(most, most, most, -most, most)
    const { mean, min, max } = measurePoints({ steps: values, values, times: values })
    expect([min, max]).toEqual([-most, most])
    expect(mean / most).toBeCloseTo(0.6)
  })

  it('survive their columns', () => {
    fc.assert(
      fc.property(fc.array(pointsArbitrary, { minLength: 1, maxLength: 5 }), (units) => {
        const stats = units.map(measurePoints)
        const columns = statColumns(new Uint8Array(encodeStats(stats)))
        const target = statColumns(new Uint8Array(columns.length * 80))
        for (const [index, unit] of stats.entries()) {
          copyUnit(columns, index, target, index)
          expect([target.min[index], target.max[index], target.mean[index]]).toEqual([
            unit.min,
            unit.max,
            unit.mean,
          ])
          expect([target.minStep[index], target.maxTime[index]]).toEqual([unit.minStep, unit.maxTime])
          expect([target.count[index], target.nanCount[index]]).toEqual([unit.count, unit.nanCount])
        }
      }),
    )
  })
})
