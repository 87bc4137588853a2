import { isPlausibleTime, isStep, type Step, type UnixMs } from '../model/units.ts'

/** A time that was made of what was passed, and what that was taken for; null where it was what it should be. */
export interface PlacedTime {
  readonly time: UnixMs
  readonly takenFor: string | null
}

/** Milliseconds in one of each; the plausible times of no two of them overlap. */
const UNITS = { milliseconds: 1, seconds: 1e3, microseconds: 1e-3, nanoseconds: 1e-6 } as const

/** A clock is read a little before or after the other. Unit: milliseconds. */
const SLACK_MS = 1_000

/** The step that was meant by a number, a big one, or a number in text; null for what is none. */
export function parseStep(value: unknown): Step | null {
  if (isStep(value)) return value
  const number = toNumber(value)
  return isStep(number) ? number : null
}

/**
 * The time that was meant: a Date, its text in ISO 8601, or a number whose size tells its unit. What is no longer ago than this
 * page is taken for `performance.now()`. null for what is no time between 1990 and 2100.
 */
export function parseTime(value: unknown): PlacedTime | null {
  if (value instanceof Date) return plain(value.getTime())
  const number = toNumber(value)
  if (Number.isNaN(number)) return typeof value === 'string' ? plain(Date.parse(value)) : null
  for (const [unit, factor] of Object.entries(UNITS)) {
    const time = number * factor
    if (isPlausibleTime(time)) return { time, takenFor: factor === 1 ? null : unit }
  }
  if (number < 0 || number > performance.now() + SLACK_MS) return null
  return { time: performance.timeOrigin + number, takenFor: 'performance.now()' }
}

function plain(time: UnixMs): PlacedTime | null {
  return isPlausibleTime(time) ? { time, takenFor: null } : null
}

function toNumber(value: unknown): number {
  if (typeof value === 'number') return value
  const isText = typeof value === 'string' && value.trim() !== ''
  return isText || typeof value === 'bigint' ? Number(value) : Number.NaN
}
