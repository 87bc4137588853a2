import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrangeEvents, eventsWithin, type ChartEvent } from './chart-event.ts'

const event = fc
  .tuple(fc.integer({ min: 0, max: 200 }), fc.option(fc.integer({ min: 0, max: 80 })))
  .map(([from, length]): ChartEvent => ({
    color: 'series-1',
    runName: 'a',
    from,
    until: length === null ? null : from + length,
    words: 'mark',
    isBad: false,
  }))

test('what touches a range is what a look at every event finds', () => {
  fc.assert(
    fc.property(
      fc.array(event, { maxLength: 60 }),
      fc.integer({ min: -10, max: 300 }),
      fc.integer({ min: 0, max: 100 }),
      (events, from, width) => {
        const to = from + width
        const naive = events.filter((each) => each.from <= to && (each.until ?? each.from) >= from)
        const found = eventsWithin(arrangeEvents(events), from, to)
        expect(new Set(found)).toEqual(new Set(naive))
        expect(found).toHaveLength(naive.length)
      },
    ),
  )
})

test('what has no place on x is left out', () => {
  const [one] = fc.sample(event, 1)
  if (one === undefined) throw new Error('no sample')
  const events = arrangeEvents([{ ...one, from: Number.NaN }])
  expect(events.spans.length + events.moments.length).toBe(0)
})
