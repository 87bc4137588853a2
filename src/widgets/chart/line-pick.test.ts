import { describe, expect, it } from 'vitest'
import { rawLine } from './chart-line.fixture.ts'
import { pickLine } from './line-pick.ts'
import type { PlotArea } from './plot-area.ts'

const AREA: PlotArea = {
  left: 20,
  top: 10,
  width: 400,
  height: 200,
  ratio: 2,
  x: { from: 0, to: 100 },
  y: [0, 100],
  xScale: 'linear',
  yScale: 'linear',
}
/** CSS pixels from the edges of the plot, which is 200 × 100 of them. */
const at = (x: number, y: number): readonly [number, number] => [x * 2, 100 - y]

const flat = { ...rawLine([10, 10], [0, 100]), id: 'flat' }
const spiky = { ...rawLine(Array.from({ length: 101 }, (_, step) => (step === 50 ? 90 : 20))), id: 'spiky' }
/** Two buckets; the second hides a spike. */
const bucketed = {
  ...rawLine([20, 22, 20], [0, 50, 100]),
  id: 'bucketed',
  raw: false,
  max: Float64Array.of(21, 95, 21),
  min: Float64Array.of(19, 18, 19),
}

describe('picking a line', () => {
  it('takes the one under the pointer, between its points too, and none that is far', () => {
    expect(pickLine([flat, spiky], AREA, ...at(75, 12))).toEqual({ line: flat, x: 100, value: 10 })
    expect(pickLine([flat, spiky], AREA, ...at(75, 21))?.line.id).toBe('spiky')
    expect(pickLine([flat, spiky], AREA, ...at(75, 60))).toBeNull()
  })

  it('takes a spike at its tip, though the step under the pointer is another', () => {
    expect(pickLine([flat, spiky], AREA, ...at(52, 91))).toEqual({ line: spiky, x: 50, value: 90 })
    expect(pickLine([flat, bucketed], AREA, ...at(48, 93))).toEqual({ line: bucketed, x: 50, value: 95 })
  })

  it('follows the smoothed line where there is one, and a log axis', () => {
    const smoothed = {
      ...flat,
      smoothed: { x: Float64Array.of(0, 100), mean: Float64Array.of(40, 40) },
    }
    expect(pickLine([smoothed], AREA, ...at(30, 41))?.value).toBe(40)
    const log = { ...AREA, y: [1, 100] as const, yScale: 'log' as const }
    expect(pickLine([flat], log, ...at(30, 50))?.value).toBe(10)
  })
})
