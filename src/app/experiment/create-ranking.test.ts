import { describe, expect, it } from 'vitest'
import { bestFirst } from './create-ranking.ts'

describe('the order of ranked runs', () => {
  const rows = [
    { id: 'a', value: 0.5 },
    { id: 'b', value: null },
    { id: 'c', value: 0.2 },
    { id: 'd', value: Number.NaN },
    { id: 'e', value: 0.5 },
    { id: 'f', value: Number.NEGATIVE_INFINITY },
  ]
  const order = (direction: 'min' | 'max' | 'none') =>
    bestFirst(rows, ({ value }) => value, direction)
      .map(({ id }) => id)
      .join('')

  it('is from the best on, whichever end that is, and those without a number come last as they came', () => {
    expect(order('min')).toBe('fcaebd')
    expect(order('max')).toBe('aecbdf')
    expect(order('none')).toBe('aecbdf')
  })
})
