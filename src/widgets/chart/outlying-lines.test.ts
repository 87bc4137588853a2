import { describe, expect, it } from 'vitest'
import { rawLine } from './chart-line.fixture.ts'
import { outlyingLines } from './outlying-lines.ts'

const named = (id: string, values: readonly number[]) => ({ ...rawLine(values), id })
const falling = (start: number): number[] => Array.from({ length: 100 }, (_, step) => start / (step + 1))
const ordinary = [1, 1.2, 0.9, 1.1, 1.05].map((start, index) => named(`run ${index}`, falling(start)))

describe('lines that are outliers', () => {
  it('are runs that diverged, upwards or downwards', () => {
    const up = named('up', [1, ...Array.from({ length: 99 }, (_, step) => 10 ** (step / 10))])
    const down = named(
      'down',
      Array.from({ length: 100 }, (_, step) => -step),
    )
    expect([...outlyingLines([...ordinary, up, down], 'linear')].toSorted()).toEqual(['down', 'up'])
  })

  it('are none of those with a spike, however high: that is a place and not the run', () => {
    const spiky = named('spiky', falling(1).with(50, 1e9))
    expect(outlyingLines([...ordinary, spiky], 'linear').size).toBe(0)
  })

  it('are none where runs differ as runs do, or where there are too few to say', () => {
    const spread = Array.from({ length: 20 }, (_, index) => named(`run ${index}`, falling(1 + index / 4)))
    expect(outlyingLines(spread, 'linear').size).toBe(0)
    expect(outlyingLines([...ordinary.slice(0, 2), named('far', [1e6, 1e6])], 'linear').size).toBe(0)
  })

  it('counts orders of magnitude on a log axis, and what cannot be drawn there not at all', () => {
    const decades = [1e-6, 1e-4, 1e-2, 1, 1e2].map((value) => named(`at ${value}`, [value, value, value]))
    expect(outlyingLines(decades, 'log').size).toBe(0)
    expect(outlyingLines([...decades, named('far', [1e60, 1e60])], 'log')).toEqual(new Set(['far']))
    expect(outlyingLines([...ordinary, named('zero', [0, 0, 0])], 'log').size).toBe(0)
  })

  it('tells one that is off where all others are the same constant', () => {
    const same = Array.from({ length: 5 }, (_, index) => named(`run ${index}`, [2, 2, 2]))
    expect(outlyingLines([...same, named('off', [3, 3, 3])], 'linear')).toEqual(new Set(['off']))
  })
})
