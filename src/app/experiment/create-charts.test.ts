import { describe, expect, it } from 'vitest'
import { inOrder, moved } from './create-charts.ts'

describe('the order of charts', () => {
  it('begins with those that are named and are there', () => {
    expect(inOrder(['a', 'b', 'c'], ['c', 'gone', 'a', 'c'])).toEqual(['c', 'a', 'b'])
    expect(inOrder(['a', 'b'], [])).toEqual(['a', 'b'])
  })

  it('puts one where another is, forwards and backwards', () => {
    expect(moved(['a', 'b', 'c', 'd'], 'a', 'c')).toEqual(['b', 'c', 'a', 'd'])
    expect(moved(['a', 'b', 'c', 'd'], 'd', 'b')).toEqual(['a', 'd', 'b', 'c'])
    expect(moved(['a', 'b'], 'a', 'gone')).toEqual(['a', 'b'])
  })
})
