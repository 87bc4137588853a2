import { describe, expect, it } from 'vitest'
import { deltaTo } from './table-delta.ts'

describe('a delta to the baseline', () => {
  it('is better in the direction the metric improves', () => {
    expect(deltaTo(0.5, 0.6, 'max').isBetter).toBe(true)
    expect(deltaTo(0.5, 0.4, 'max').isBetter).toBe(false)
    expect(deltaTo(0.5, 0.4, 'min').isBetter).toBe(true)
    expect(deltaTo(0.5, 0.6, 'min').isBetter).toBe(false)
  })

  it('says nothing of better where values are equal or neither way is', () => {
    expect(deltaTo(0.5, 0.5, 'max').isBetter).toBeNull()
    expect(deltaTo(0.5, 0.6, 'none').isBetter).toBeNull()
  })

  it('has the sign of the difference in its ratio, for a negative baseline too', () => {
    expect(deltaTo(-2, -1, 'max')).toEqual({ difference: 1, ratio: 0.5, isBetter: true })
    expect(deltaTo(4, 3, 'max')).toEqual({ difference: -1, ratio: -0.25, isBetter: false })
    expect(deltaTo(0, 3, 'max').ratio).toBeNull()
  })
})
