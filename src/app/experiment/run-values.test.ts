import { describe, expect, it } from 'vitest'
import { toRunValues } from './run-values.ts'

describe('what runs have of one thing', () => {
  it('is numbers where all of it is, texts that are numbers too', () => {
    expect(toRunValues(['1e-3', '10', null, 0.5])).toEqual({
      kind: 'number',
      values: Float64Array.of(0.001, 10, Number.NaN, 0.5),
      isText: true,
    })
    expect(toRunValues([1, null, 'NaN'])).toEqual({
      kind: 'number',
      values: Float64Array.of(1, Number.NaN, Number.NaN),
    })
  })

  it('is categories in natural order where part of it is no number', () => {
    const values = toRunValues(['10', 'auto', 'run 10', 'run 2', '1,5'])
    expect(values.kind === 'category' && values.categories.map(({ value }) => value)).toEqual([
      '10',
      '1,5',
      'auto',
      'run 2',
      'run 10',
    ])
  })

  it('takes a text for the number it is where a run has that number', () => {
    const values = toRunValues([1, '1', '2', true])
    expect(values.kind === 'category' && values.categories.map(({ id }) => id)).toEqual(['"2"', '1', 'true'])
  })

  it('has labels that are read at a glance', () => {
    const values = toRunValues(['x'.repeat(5_000)])
    expect(values.kind === 'category' && values.categories[0]?.text.length).toBe(121)
  })
})
