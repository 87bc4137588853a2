import { expect, it } from 'vitest'
import type { RunKey } from '../protocol/run-query.ts'
import { namesOfTextNumbers } from './text-numbers.ts'

const KNOWN: readonly RunKey[] = [
  { from: 'param', key: 'bs', runs: 4, numbers: 3, textNumbers: 2, texts: ['8'] },
  { from: 'param', key: 'optimizer.lr', runs: 4, numbers: 4, textNumbers: 1, texts: [] },
  { from: 'param', key: 'width', runs: 4, numbers: 4, texts: [] },
]

it('names what a filter compares with numbers and some runs have as text', () => {
  expect(namesOfTextNumbers('not (bs = 8) and "optimizer.lr" < 0.01 and width > 3', KNOWN)).toEqual([
    'bs',
    'optimizer.lr',
  ])
  expect(namesOfTextNumbers('bs in (8, 16)', KNOWN)).toEqual(['bs'])
  expect(namesOfTextNumbers('bs = "8" or bs is null', KNOWN)).toEqual([])
  expect(namesOfTextNumbers('bs >', KNOWN)).toEqual([])
})
