import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entriesAt, shownAt, sortEntries, spreadEntries, stepsOf, type MediaEntry } from './media-steps.ts'

const anyEntries = fc
  .array(fc.integer({ min: -5, max: 20 }), { maxLength: 40 })
  .map((steps) =>
    sortEntries(steps.map((step, place): MediaEntry => ({ id: place + 1, place, step, time: 0, bytes: 1 }))),
  )

describe('what a run shows at a step', () => {
  it('is of the nearest step that is not later, and counts those of that step', () => {
    fc.assert(
      fc.property(anyEntries, fc.integer({ min: -7, max: 22 }), fc.nat(5), (entries, step, index) => {
        const shown = shownAt(entries, step, index)
        const nearest = Math.max(...entries.map((entry) => entry.step).filter((each) => each <= step))
        const same = entries.filter((entry) => entry.step === nearest)
        expect(entriesAt(entries, step)).toEqual(same)
        expect(shown?.count ?? 0).toBe(same.length)
        expect(shown?.entry).toBe(same[Math.min(index, same.length - 1)])
      }),
    )
  })
})

describe('steps of several runs', () => {
  it('are each there once, from small to large', () => {
    fc.assert(
      fc.property(fc.array(anyEntries, { maxLength: 4 }), (runs) => {
        const steps = stepsOf(runs)
        expect(steps).toEqual([...new Set(runs.flat().map(({ step }) => step))].toSorted((a, b) => a - b))
      }),
    )
  })
})

describe('entries spread over time', () => {
  it('are at most so many, one a step, with the first and the last step', () => {
    fc.assert(
      fc.property(anyEntries, fc.integer({ min: 2, max: 12 }), (entries, most) => {
        const spread = spreadEntries(entries, most)
        const steps = spread.map(({ step }) => step)
        expect(steps).toEqual([...new Set(steps)].toSorted((a, b) => a - b))
        expect(spread.length).toBe(Math.min(most, stepsOf([entries]).length))
        expect([steps[0], steps.at(-1)]).toEqual([entries[0]?.step, entries.at(-1)?.step])
      }),
    )
  })
})
