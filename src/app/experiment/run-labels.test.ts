import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runLabels } from './run-labels.ts'

describe('what runs are called beside each other', () => {
  it('is their name, with the end of their id where several have it', () => {
    expect(runLabels(['aa11', 'bb22', 'cc33'], ['base', 'other', 'base'])).toEqual([
      'base · aa11',
      'other',
      'base · cc33',
    ])
  })

  it('says as much of the ids as tells them apart', () => {
    expect(runLabels(['x-12345', 'y-12345'], ['base', 'base'])).toEqual(['base · x-12345', 'base · y-12345'])
    expect(runLabels(['1', '21'], ['base', 'base'])).toEqual(['base · 1', 'base · 21'])
  })

  it('tells apart names that only look alike, and runs without one', () => {
    expect(runLabels(['aa11', 'bb22'], ['base', 'base\u200b '])).toEqual([
      'base · aa11',
      'base\u200b  · bb22',
    ])
    expect(runLabels(['aa11', 'bb22'], ['', ' '])).toEqual(['unnamed · aa11', 'unnamed · bb22'])
  })

  it('is another for every run, whatever they are named', () => {
    const anyRuns = fc.uniqueArray(
      fc.tuple(fc.stringMatching(/^[a-c]{1,8}$/), fc.constantFrom('a', 'b', ' a', '')),
      {
        selector: ([id]) => id,
        maxLength: 12,
      },
    )
    fc.assert(
      fc.property(anyRuns, (runs) => {
        const labels = runLabels(
          runs.map(([id]) => id),
          runs.map(([, name]) => name),
        )
        expect(new Set(labels).size).toBe(runs.length)
      }),
    )
  })
})
