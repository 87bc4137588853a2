import { describe, expect, it } from 'vitest'
import { chartRange, joinExtents } from './x-extent.ts'

describe('joinExtents', () => {
  it('covers both', () => {
    expect(joinExtents({ from: 3, to: 5 }, { from: 1, to: 4 })).toEqual({ from: 1, to: 5 })
    expect(joinExtents(null, { from: 1, to: 4 })).toEqual({ from: 1, to: 4 })
    expect(joinExtents(null, null)).toBeNull()
  })
})

describe('chartRange', () => {
  it('shares the range of the other charts', () => {
    expect(chartRange({ from: 0, to: 90 }, { from: 0, to: 100 })).toEqual({ from: 0, to: 100 })
  })

  it('keeps epochs readable beside batches', () => {
    expect(chartRange({ from: 0, to: 20 }, { from: 0, to: 20_000 })).toEqual({ from: 0, to: 20 })
  })

  it('shows a chart that has no points yet with the range of the others', () => {
    expect(chartRange(null, { from: 0, to: 5 })).toEqual({ from: 0, to: 5 })
  })
})
