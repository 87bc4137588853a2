import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { timeTicks } from './time-ticks.ts'

const HOUR = 3_600_000
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'America/Havana',
  'Pacific/Apia',
  'UTC',
]
let before: string | undefined

function inZone(zone: string): void {
  process.env['TZ'] = zone
}

function texts(from: Date, to: Date, wanted = 8): readonly string[] {
  return timeTicks(from.getTime(), to.getTime(), wanted, from.getTime()).map(({ text }) => text)
}

describe('the ticks of local time', () => {
  beforeEach(() => (before = process.env['TZ']))
  afterEach(() => {
    if (before === undefined) delete process.env['TZ']
    else process.env['TZ'] = before
  })

  it('name each local midnight once, at its place, over a change of the clock', () => {
    inZone('Europe/Berlin')
    const from = new Date(2026, 9, 23)
    const ticks = timeTicks(from.getTime(), new Date(2026, 9, 28).getTime(), 6, from.getTime())
    expect(ticks.map(({ text }) => text)).toEqual([
      '23 Oct',
      '24 Oct',
      '25 Oct',
      '26 Oct',
      '27 Oct',
      '28 Oct',
    ])
    expect(ticks.map(({ at }) => new Date(at).getHours())).toEqual([0, 0, 0, 0, 0, 0])
    expect(texts(new Date(2026, 2, 28, 12), new Date(2026, 2, 30, 12), 5)).toEqual([
      'Sat 12:00',
      '29 Mar',
      'Sun 12:00',
      '30 Mar',
      'Mon 12:00',
    ])
  })

  it('tell an hour that is there twice apart', () => {
    inZone('Europe/Berlin')
    const first = new Date(2026, 9, 25, 1).getTime()
    expect(texts(new Date(first), new Date(first + 4 * HOUR))).toEqual(
      ['01:00', '02:00', '02:00 again', '03:00', '04:00'].map((text) => `Sun ${text}`),
    )
  })

  it('begin a day that has no midnight with its first moment', () => {
    inZone('Africa/Cairo')
    const start = new Date(2026, 3, 24)
    expect(start.getHours()).toBe(1)
    const ticks = timeTicks(start.getTime() - 13 * HOUR, start.getTime() + 13 * HOUR, 8, start.getTime())
    expect(ticks.find(({ text }) => text === '24 Apr')?.at).toBe(start.getTime())
  })

  it('lie on the local clock where zones are half an hour off', () => {
    inZone('Asia/Kolkata')
    expect(texts(new Date(2026, 0, 5, 10), new Date(2026, 0, 5, 13), 4)).toEqual([
      '10:00',
      '11:00',
      '12:00',
      '13:00',
    ])
  })

  it('name the year where it is another', () => {
    inZone('UTC')
    expect(texts(new Date(2025, 11, 30), new Date(2026, 0, 2), 4)).toEqual([
      '30 Dec',
      '31 Dec',
      '1 Jan 2026',
      '2 Jan',
    ])
    expect(texts(new Date(2025, 9, 1), new Date(2026, 2, 1))).toEqual([
      'Oct 2025',
      'Nov 2025',
      'Dec 2025',
      'Jan 2026',
      'Feb 2026',
      'Mar 2026',
    ])
    expect(texts(new Date(2019, 5, 1), new Date(2025, 5, 1), 8)).toEqual([
      '2020',
      '2021',
      '2022',
      '2023',
      '2024',
      '2025',
    ])
  })

  it('are 3 to 8 labels, none like another, in any zone at any time', () => {
    const anyTime = fc.integer({ min: Date.UTC(1975, 0), max: Date.UTC(2060, 0) })
    const anyLength = fc.double({ min: 0.7, max: 12, noNaN: true }).map((power) => Math.ceil(10 ** power))
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        anyTime,
        anyLength,
        fc.integer({ min: 0, max: 30 }),
        (zone, from, length, wanted) => {
          inZone(zone)
          const ticks = timeTicks(from, from + length, wanted)
          const said = ticks.map(({ text }) => text)
          expect(new Set(said).size).toBe(said.length)
          expect([zone, from, length, said.length >= 3 && said.length <= 8]).toEqual([
            zone,
            from,
            length,
            true,
          ])
          expect(ticks.every(({ at }) => at >= from && at <= from + length)).toBe(true)
        },
      ),
      { numRuns: 1_000 },
    )
  })
})
