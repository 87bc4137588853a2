import { describe, expect, it } from 'vitest'
import { drawCurve } from './small-curve.ts'

const columns = (...values: readonly number[]): Float64Array => Float64Array.from(values)

describe('a small curve', () => {
  it('fills its height, and as much of its width as it has steps', () => {
    const mean = columns(0, 10)
    const { line } = drawCurve({ x: columns(0, 50), mean, min: mean, max: mean, from: 0, to: 100 })
    expect(line).toBe('0.0,18.5 50.0,1.5')
  })

  it('reaches from its smallest to its largest values', () => {
    const curve = { x: columns(0, 1), mean: columns(5, 5), min: columns(0, 5), max: columns(10, 5) }
    const { line, reach } = drawCurve({ ...curve, from: 0, to: 1 })
    expect(line).toBe('0.0,10.0 100.0,10.0')
    expect(reach).toBe('0.0,1.5 100.0,10.0 100.0,10.0 0.0,18.5')
  })

  it('is a dash in the middle when it is one point or a constant', () => {
    const one = columns(3)
    expect(drawCurve({ x: one, mean: one, min: one, max: one, from: 3, to: 3 }).line).toBe(
      '0.0,10.0 1.5,10.0',
    )
  })
})
