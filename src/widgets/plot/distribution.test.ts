import { expect, it } from 'vitest'
import { quartilesOf } from './distribution.ts'

it('finds the median and the quartiles, between neighbours where none is in the middle', () => {
  expect(quartilesOf([5, 1, 3, 2, 4])).toEqual({ low: 2, median: 3, high: 4 })
  expect(quartilesOf([4, 1, 3, 2])).toEqual({ low: 1.75, median: 2.5, high: 3.25 })
  expect(quartilesOf([7])).toEqual({ low: 7, median: 7, high: 7 })
  expect(quartilesOf([])).toBeNull()
})
