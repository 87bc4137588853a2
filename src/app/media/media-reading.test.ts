import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ArrayColumns } from '../../protocol/media-api.ts'
import { continued } from './create-media-entries.ts'
import { INITIAL_MEDIA, parseMediaView, printMediaView } from './media-view.ts'

function columns(ids: readonly number[], total: number): ArrayColumns {
  const same = Float64Array.from(ids, () => 1)
  return {
    total,
    id: Float64Array.from(ids),
    step: same,
    time: same,
    bytes: same,
  }
}

describe('entries that are read on', () => {
  const known = continued([], columns([3, 5], 2)) ?? []

  it('follow those that are known', () => {
    expect(continued(known, columns([6], 3))?.map(({ id, place }) => [id, place])).toEqual([
      [3, 0],
      [5, 1],
      [6, 2],
    ])
    expect(continued(known, columns([], 2))).toEqual(known)
  })

  it('are none when one arrived between those that are known, or some are gone', () => {
    expect(continued(known, columns([5], 3))).toBeNull()
    expect(continued(known, columns([], 1))).toBeNull()
  })
})

describe('how media are looked at', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(
        fc.record({
          expanded: fc.option(fc.string(), { nil: null }),
          collapsed: fc.array(fc.string(), { maxLength: 5 }),
          cards: fc.dictionary(
            fc.string(),
            fc.record({
              step: fc.option(fc.maxSafeInteger(), { nil: null }),
              index: fc.nat(),
              look: fc.string({ maxLength: 40 }),
            }),
            { noNullPrototype: true },
          ),
        }),
        (view) => {
          expect(parseMediaView(printMediaView(view))).toEqual(view)
        },
      ),
    )
  })

  it('is as at first for whatever else a link says', () => {
    expect(printMediaView(INITIAL_MEDIA)).toBe('')
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const { expanded, collapsed, cards } = parseMediaView(text)
        expect(expanded === null || typeof expanded === 'string').toBe(true)
        expect(collapsed.every((each) => typeof each === 'string')).toBe(true)
        for (const { index } of Object.values(cards)) expect(index).toBeGreaterThanOrEqual(0)
      }),
    )
    expect(parseMediaView('{"cards":{"a":null,"b":7,"c":{"step":"1.5","index":-1}}}').cards['c']).toEqual({
      step: null,
      index: 0,
      look: '',
    })
  })
})
