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

it('says what a param was before it was set while the run ran, and when that was', () => {
  const changes = { lr: { first: 0.01, step: 105 }, momentum: { first: '0.9', step: null } }
  expect(paramsToFacts({ lr: 0.003, momentum: 0.5, toString: 1 }, changes)).toMatchObject([
    { name: 'lr', value: '0.01 → 0.003 at step 105', kind: 'number' },
    { name: 'momentum', value: '"0.9" → 0.5' },
    { name: 'toString', value: '1' },
  ])
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
