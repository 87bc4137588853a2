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
        expect({ ...merged, mean: 0 }).toEqual({ ...whole, mean: 0 })
        const scale = Math.max(Math.abs(whole.min), Math.abs(whole.max), 1e-280)
        const drift = finiteCount(whole) === 0 ? 0 : Math.abs(merged.mean / scale - whole.mean / scale)
        expect(drift).toBeLessThan(1e-9)
        expect(Number.isNaN(merged.mean)).toBe(finiteCount(whole) === 0)
      }),
    )
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
