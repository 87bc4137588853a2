import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rawLine } from './chart-line.fixture.ts'
import { drawableRange, fittedRange, NO_LIMITS, padRange, yRange } from './chart-range.ts'

const ALL = { from: 0, to: 1_000 }

describe('padRange', () => {
  it('holds every value, with room on either side', () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [low, high] = padRange(Math.min(a, b), Math.max(a, b))
        expect(low).toBeLessThanOrEqual(Math.min(a, b))
        expect(high).toBeGreaterThanOrEqual(Math.max(a, b))
        expect(low).toBeLessThan(high)
      }),
    )
  })

  it('starts at zero what nearly touches it', () => {
    expect(padRange(0.01, 2.4)[0]).toBe(0)
    expect(padRange(-2.4, -0.01)[1]).toBe(0)
    expect(padRange(1.9, 2.4)[0]).toBeGreaterThan(1.5)
  })

  it('gives a constant a height around it', () => {
    const [low, high] = padRange(0.5, 0.5)
    expect((low + high) / 2).toBeCloseTo(0.5)
    expect(padRange(0, 0)).toEqual([-1, 1])
  })
})

describe('yRange', () => {
  it('keeps a spike in view, and leaves it out when outliers are ignored', () => {
    const spiky = rawLine(Array.from({ length: 400 }, (_, index) => (index === 200 ? 1_000 : index % 10)))
    expect(yRange([spiky], ALL, false)?.[1]).toBeGreaterThanOrEqual(1_000)
    expect(yRange([spiky], ALL, true)?.[1]).toBeLessThan(20)
  })

  it('fits what lies inside the x-range only', () => {
    const range = yRange([rawLine([100, 1, 2, 3, 100])], { from: 1, to: 3 }, false)
    expect(range?.[1]).toBeLessThan(5)
  })

  it('holds the lines up to the edges, between points too', () => {
    const range = yRange([rawLine([0, 100, 100, 0])], { from: 0.5, to: 2.5 }, false)
    expect(range?.[0]).toBeLessThanOrEqual(50)
  })

  it('holds lines between the largest numbers there are, and tells apart what is not a constant', () => {
    const most = Number.MAX_VALUE
    expect(
      yRange([rawLine([-most, most, -most], [0, 1e12, 2e12])], { from: 5e11, to: 1.5e12 }, false),
    ).toEqual([0, most])
    const near = yRange([rawLine([2.7, 2.7 + 1e-11])], ALL, false) ?? [0, 0]
    expect(near[1] - near[0]).toBeLessThan(2e-11)
    expect(yRange([rawLine([most, most])], ALL, false)?.[1]).toBe(most)
  })

  it('uses the ends of the line that crosses a range without points', () => {
    expect(yRange([rawLine([0, 10])], { from: 0.4, to: 0.6 }, false)).toEqual([0, 11])
  })

  it('has nothing to fit where nothing is drawn', () => {
    expect(yRange([], ALL, false)).toBeNull()
    expect(yRange([rawLine([1, 2])], { from: 5, to: 9 }, true)).toBeNull()
  })
})

describe('drawableRange', () => {
  it('gives a single place some room', () => {
    const { from, to } = drawableRange({ from: 5, to: 5 })
    expect(from).toBeLessThan(5)
    expect(to).toBeGreaterThan(5)
    expect(drawableRange(null)).toEqual({ from: 0, to: 1 })
  })
})

describe('fittedRange', () => {
  const fit = {
    scale: 'linear',
    ignoreOutliers: false,
    outlying: new Set<string>(),
    limits: NO_LIMITS,
  } as const
  const low = { ...rawLine([1, 2, 3]), id: 'low' }
  const far = { ...rawLine([1e6, 1e6, 1e6]), id: 'far' }

  it('leaves out runs that are outliers at every zoom, unless they are all there is', () => {
    const ignoring = { ...fit, ignoreOutliers: true, outlying: new Set(['far']) }
    for (const range of [ALL, { from: 1, to: 1 }])
      expect(fittedRange([low, far], range, ignoring)?.[1]).toBeLessThan(5)
    expect(fittedRange([far], ALL, ignoring)?.[1]).toBeGreaterThan(1e6)
    expect(fittedRange([low, far], ALL, { ...ignoring, ignoreOutliers: false })?.[1]).toBeGreaterThan(1e6)
  })

  it('keeps the ends that were set and fits the other', () => {
    const limited = (ends: Partial<typeof NO_LIMITS>) =>
      fittedRange([low], ALL, { ...fit, limits: { ...NO_LIMITS, ...ends } })
    expect(limited({ low: -10, high: 0.5 })).toEqual([-10, 0.5])
    expect(limited({ low: 2 })).toEqual([2, yRange([low], ALL, false)?.[1]])
    const [from, to] = limited({ low: 50 }) ?? []
    expect(from).toBe(50)
    expect(to).toBeGreaterThan(50)
    expect(fittedRange([], ALL, { ...fit, limits: { low: 0, high: 1 } })).toEqual([0, 1])
    expect(fittedRange([], ALL, { ...fit, limits: { low: 0, high: null } })).toBeNull()
  })

  it('has no end at or below 0 on a log axis', () => {
    const log = { ...fit, scale: 'log', limits: { low: 0, high: 100 } } as const
    const [from, to] = fittedRange([low], ALL, log) ?? []
    expect(from).toBeGreaterThan(0)
    expect(to).toBe(100)
  })
})
