import { describe, expect, it } from 'vitest'
import { flattenFacts, paramsToFacts } from './json-words.ts'

describe('paramsToFacts', () => {
  it('tells a number from the text of a number', () => {
    expect(
      paramsToFacts({ lr: 0.01, name: '0.01', flag: true, none: null, text: 'adam', list: [1, 2] }),
    ).toEqual([
      { name: 'flag', value: 'true', kind: 'boolean' },
      { name: 'list', value: '[1,2]', kind: 'json' },
      { name: 'lr', value: '0.01', kind: 'number' },
      { name: 'name', value: '"0.01"', kind: 'text' },
      { name: 'none', value: 'null', kind: 'null' },
      { name: 'text', value: 'adam', kind: 'text' },
    ])
  })
})

describe('flattenFacts', () => {
  it('names nested values by their path', () => {
    expect(flattenFacts({ browser: { name: 'x', cores: 2 }, tf: '4.22.0' })).toEqual([
      { name: 'browser.name', value: 'x', kind: 'text' },
      { name: 'browser.cores', value: '2', kind: 'number' },
      { name: 'tf', value: '4.22.0', kind: 'text' },
    ])
    expect(flattenFacts({})).toEqual([])
  })
})
