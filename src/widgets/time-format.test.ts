import { describe, expect, it } from 'vitest'
import { formatClock, formatDuration, formatElapsed, formatMoment } from './time-format.ts'

describe('formatDuration', () => {
  it('counts minutes, then hours, then days', () => {
    expect([0, 999, 161_000, 4_000_000, 90_000_000].map(formatDuration)).toEqual([
      '0:00',
      '0:00',
      '2:41',
      '1:06:40',
      '1\u00A0d\u00A01:00:00',
    ])
  })
})

describe('a duration', () => {
  it('never breaks into two lines', () => {
    const durations = [90_000_000, 4_000_000].map(formatDuration)
    const elapsed = [formatElapsed(1_500, 500), formatElapsed(172_800_000, 86_400_000)]
    for (const text of [...durations, ...elapsed]) expect(text).not.toMatch(/[ -]/)
  })
})

describe('formatElapsed', () => {
  it('shows fractions of a second only where labels lie that close', () => {
    expect(formatElapsed(90_000, 30_000)).toBe('1:30')
    expect(formatElapsed(1_500, 500)).toBe('1.5\u00A0s')
    expect(formatElapsed(61_250, 50)).toBe('1:01.25')
    expect(formatElapsed(-2_000, 1_000)).toBe('−0:02')
  })
})

describe('formatClock', () => {
  const time = new Date(2026, 10, 12, 14, 3, 22, 250).getTime()
  it('is as fine as the labels lie apart', () => {
    expect(formatClock(time, 60_000)).toBe('14:03')
    expect(formatClock(time, 1_000)).toBe('14:03:22')
    expect(formatClock(time, 100)).toBe('14:03:22.250')
    expect(formatClock(time, 86_400_000)).toBe('12 Nov')
    expect(formatClock(new Date(2026, 10, 12).getTime(), 3_600_000)).toBe('12 Nov')
  })
})

describe('formatMoment', () => {
  it('names the year only when it is another one', () => {
    const time = new Date(2026, 10, 12, 14, 3, 22).getTime()
    expect(formatMoment(time, new Date(2026, 11, 1).getTime())).toBe('12 Nov, 14:03:22')
    expect(formatMoment(time, new Date(2027, 0, 1).getTime())).toBe('12 Nov 2026, 14:03:22')
  })
})

it('tells years where labels lie that far apart, also those no Date reaches', () => {
  const time = new Date(1985, 2, 5).getTime()
  expect(formatClock(time, 200 * 86_400_000)).toBe('Mar 1985')
  expect(formatClock(time, 1_000 * 86_400_000)).toBe('1985')
  expect(formatClock(1.8e18, 1e17)).toBe('year 57,041,699')
})
