import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { colorRamp, RAMP_STEPS } from './color-ramp.ts'
import { brushAfterKey } from './parallel-brush.ts'
import { makeScale, spansDecades, type PlotAxis } from './plot-axis.ts'

function axis(values: readonly number[], more: Partial<PlotAxis> = {}): PlotAxis {
  return {
    id: 'param:lr',
    label: 'lr',
    values: Float64Array.from(values),
    categories: null,
    unit: 'number',
    isLog: false,
    isFlipped: false,
    ...more,
  }
}

const anyAxis = fc.record({
  values: fc.array(
    fc.oneof(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: 1, max: 9 })),
    {
      minLength: 1,
    },
  ),
  isLog: fc.boolean(),
  isFlipped: fc.boolean(),
})

describe('a scale', () => {
  it('puts every value on the axis, in order, and ends exactly at the ends', () => {
    fc.assert(
      fc.property(anyAxis, ({ values, ...more }) => {
        const scale = makeScale(axis(values, more))
        const parts = values.toSorted((a, b) => a - b).map((value) => scale.toPart(value))
        expect(parts.every((part) => part >= -1e-9 && part <= 1 + 1e-9)).toBe(true)
        const inOrder = parts.toSorted((a, b) => a - b)
        expect(more.isFlipped ? parts.toReversed() : parts).toEqual(inOrder)
        const ends = [scale.fromPart(0), scale.fromPart(1)].toSorted((a, b) => a - b)
        expect(ends).toEqual([scale.min, scale.max])
        expect(ends[0]).toBeLessThanOrEqual(Math.min(...values))
        expect(ends[1]).toBeGreaterThanOrEqual(Math.max(...values))
      }),
    )
  })

  it('has labels that lie on the axis, not too many', () => {
    fc.assert(
      fc.property(anyAxis, fc.integer({ min: 2, max: 12 }), ({ values, ...more }, count) => {
        const ticks = makeScale(axis(values, more)).ticks(count)
        expect(ticks.every(({ part }) => part >= -1e-9 && part <= 1 + 1e-9)).toBe(true)
        expect(ticks.length).toBeLessThanOrEqual(4 * count + 1)
      }),
    )
  })

  it('is log where values span decades', () => {
    expect(spansDecades(Float64Array.of(1e-4, 0.1))).toBe(true)
    expect(spansDecades(Float64Array.of(0.001, 0.1))).toBe(true)
    expect(spansDecades(Float64Array.of(0.0011, 0.1))).toBe(false)
    expect(spansDecades(Float64Array.of(0, 0.1))).toBe(false)
    const scale = makeScale(axis([1e-4, 1], { isLog: true }))
    expect(scale.toPart(0.01)).toBeCloseTo(0.5, 9)
    expect(scale.ticks(6).map(({ text }) => text)).toEqual(['0.0001', '0.001', '0.01', '0.1', '1'])
  })

  it('of whole numbers has no label between them', () => {
    expect(
      makeScale(axis([2, 3, 6]))
        .ticks(10)
        .map(({ text }) => text),
    ).toEqual(['2', '3', '4', '5', '6'])
  })

  it('of whole ends has labels between them where what it measures is continuous', () => {
    expect(
      makeScale(axis([0, 1]))
        .ticks(2)
        .map(({ text }) => text),
    ).toEqual(['0', '1'])
    expect(
      makeScale(axis([0, 1], { isContinuous: true }))
        .ticks(2)
        .map(({ text }) => text),
    ).toEqual(['0', '0.5', '1'])
  })

  it('of categories has their names', () => {
    const scale = makeScale(axis([0, 1, 2], { categories: ['cnn', 'mlp', 'vit'] }))
    expect(scale.fromPart(0.6)).toBe(1)
    expect(scale.ticks(5)).toEqual([
      { part: 0, text: 'cnn' },
      { part: 0.5, text: 'mlp' },
      { part: 1, text: 'vit' },
    ])
  })
})

describe('a brush by keyboard', () => {
  it('moves an end, never past the other or off the axis', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'),
        fc.constantFrom('low' as const, 'high' as const, 'both' as const),
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
        (key, part, [a, b]) => {
          const before = { low: Math.min(a, b), high: Math.max(a, b) }
          const after = brushAfterKey(key, part, before, 0.1) ?? before
          expect(after.low).toBeGreaterThanOrEqual(0)
          expect(after.high).toBeLessThanOrEqual(1 + 1e-12)
          expect(after.low).toBeLessThanOrEqual(after.high)
          const width = before.high - before.low
          expect(part !== 'both' || Math.abs(after.high - after.low - width) < 1e-9).toBe(true)
        },
      ),
    )
    expect(brushAfterKey('a', 'low', { low: 0, high: 1 }, 0.1)).toBeNull()
  })
})

describe('a colour ramp', () => {
  it('grows lighter all the way, on either theme', () => {
    for (const [low, high] of [
      ['#1f78c1', '#b8720a'],
      ['rgb(98, 182, 240)', 'rgb(240, 168, 60)'],
    ] as const) {
      const light = colorRamp(low, high).map((color) => {
        const [r = 0, g = 0, b = 0] = (color.match(/\d+/g) ?? []).map((byte) => (Number(byte) / 255) ** 2.2)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
      })
      expect(light).toHaveLength(RAMP_STEPS)
      expect(light).toEqual(light.toSorted((a, b) => a - b))
    }
  })
})
