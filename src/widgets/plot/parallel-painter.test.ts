import { describe, expect, it } from 'vitest'
import { groupLines } from './parallel-painter.ts'

describe('lines over upright axes', () => {
  it('of one colour are stroked apart where their dashes differ, and what is not picked lies below', () => {
    const groups = groupLines(
      4,
      Uint8Array.of(1, 1, 1, 0),
      () => 'red',
      (line) => (line === 1 ? 1 : 0),
      'grey',
    )
    expect(groups.map(({ color, stroke, lines }) => [color, stroke, [...lines]])).toEqual([
      ['grey', 0, [3]],
      ['red', 0, [0, 2]],
      ['red', 1, [1]],
    ])
  })
})
