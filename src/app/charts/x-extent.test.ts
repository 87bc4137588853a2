import { describe, expect, it } from 'vitest'
import { chartRange, isPlausibleExtent, joinExtents } from './x-extent.ts'

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

  it('keeps a chart to itself that lies elsewhere than all others', () => {
    expect(chartRange({ from: 0, to: 90 }, { from: 1_000, to: 1_100 })).toEqual({ from: 0, to: 90 })
  })
})

it('knows times that nobody means, and lets steps be anything', () => {
  const now = Date.UTC(2026, 2, 1)
  expect(isPlausibleExtent({ from: now, to: now + 5 }, 'time')).toBe(true)
  expect(isPlausibleExtent({ from: 5_000, to: now }, 'time')).toBe(false)
  expect(isPlausibleExtent({ from: now, to: now * 1e3 }, 'time')).toBe(false)
  expect(isPlausibleExtent({ from: -now, to: 5 }, 'relative')).toBe(false)
  expect(isPlausibleExtent({ from: -now, to: now }, 'step')).toBe(true)
})
