import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatBytes, formatCount, formatPlural, formatTick, formatValue } from './number-format.ts'

describe('formatValue', () => {
  it('is readable from 1e-5 to 1e7', () => {
    const cases: readonly (readonly [number, string])[] = [
      [0, '0'],
      [0.00001234, '1.234e-5'],
      [0.00012, '1.2e-4'],
      [0.001234, '0.001234'],
      [0.0312, '0.0312'],
      [0.98612, '0.9861'],
      [1, '1'],
      [1.5, '1.500'],
      [12.3456, '12.35'],
      [-2.25, '-2.250'],
      [1234.56, '1,235'],
      [22_400, '22,400'],
      [1_204_331, '1,204,331'],
      [12_345_678.9, '1.235e7'],
      [Number.NaN, 'NaN'],
      [Number.POSITIVE_INFINITY, '∞'],
      [Number.NEGATIVE_INFINITY, '−∞'],
    ]
    for (const [value, text] of cases) expect([value, formatValue(value)]).toEqual([value, text])
  })

  it('stays within one part in a thousand of the number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }), (value) => {
        fc.pre(Math.abs(value) > 1e-300)
        const read = Number(formatValue(value).replaceAll(',', ''))
        expect(Math.abs(read - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-3)
      }),
    )
  })
})

describe('formatTick', () => {
  it('shows as many decimals as the labels need to differ', () => {
    expect([0, 0.2, 0.4, 1].map((value) => formatTick(value, 0.2))).toEqual(['0', '0.2', '0.4', '1'])
    expect([0.25, 0.5, 0.75].map((value) => formatTick(value, 0.25))).toEqual(['0.25', '0.5', '0.75'])
    expect([0.98, 0.985].map((value) => formatTick(value, 0.005))).toEqual(['0.98', '0.985'])
    expect([5_000, 20_000].map((value) => formatTick(value, 5_000))).toEqual(['5,000', '20,000'])
    expect([1e6, 1.5e6].map((value) => formatTick(value, 5e5))).toEqual(['1M', '1.5M'])
    expect([0.00001, 0.000015].map((value) => formatTick(value, 5e-6))).toEqual(['1e-5', '1.5e-5'])
  })

  it('never labels two places alike', () => {
    const increment = fc.constantFrom(
      1e-9,
      2e-6,
      2.5e-6,
      5e-5,
      0.001,
      0.02,
      0.25,
      0.5,
      1,
      20,
      250,
      500,
      1e4,
      2e6,
      5e9,
    )
    fc.assert(
      fc.property(increment, fc.integer({ min: -400, max: 400 }), (step, place) => {
        expect(formatTick(place * step, step)).not.toBe(formatTick((place + 1) * step, step))
      }),
    )
  })
})

describe('counts and sizes', () => {
  it('group thousands', () => {
    expect(formatCount(1_204_331)).toBe('1,204,331')
    expect(formatPlural(1, 'run')).toBe('1 run')
    expect(formatPlural(14, 'run')).toBe('14 runs')
    expect(formatPlural(0, 'entry', 'entries')).toBe('0 entries')
  })

  it('count bytes as disks do', () => {
    expect([0, 999, 1_000, 24_100_000, 38e9, 999_999].map(formatBytes)).toEqual([
      '0 bytes',
      '999 bytes',
      '1 kB',
      '24.1 MB',
      '38 GB',
      '1 MB',
    ])
  })
})
