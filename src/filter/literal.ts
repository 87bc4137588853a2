import { RUN_STATUSES } from '../model/run.ts'
import type { ValueKind } from './fields.ts'
import { nearestName } from './nearest.ts'
import { printName, printValue } from './print.ts'
import type { Literal } from './run-filter.ts'
import { wrong } from './syntax.ts'
import type { Name, TimeUnit, Value, WrongFilter } from './syntax.ts'

const SECOND_MS = 1000
const UNIT_MS: Readonly<Record<TimeUnit, number>> = {
  ms: 1,
  seconds: SECOND_MS,
  minutes: 60 * SECOND_MS,
  hours: 3600 * SECOND_MS,
  days: 24 * 3600 * SECOND_MS,
  weeks: 7 * 24 * 3600 * SECOND_MS,
}

/** What a value is, compared with a name of that kind. `isOrdered`: by less and greater. Throws WrongFilter. */
export function literalOf(
  value: Value,
  kind: ValueKind,
  name: Name,
  isOrdered: boolean,
  now: number,
): Literal {
  switch (kind) {
    case 'number':
      if (value.kind === 'number') return value.number
      throw wrong(value, `${printName(name)} is a number, and “${printValue(value)}” is none.`)
    case 'time':
      return timeOf(value, name, now)
    case 'duration':
      return durationOf(value, name)
    case 'status':
      return statusOf(value)
    case 'text':
      if (isOrdered && value.kind === 'number')
        throw wrong(value, `${printName(name)} is a text: it can be equal to a number, not more or less.`)
      return textOf(value)
    case 'tag':
      return isOrdered && value.kind === 'number' ? value.number : textOf(value)
    case 'json':
      if (value.kind === 'number') return value.number
      if (value.kind === 'boolean') return value.boolean
      if (value.kind === 'duration' || value.kind === 'ago') throw noTime(value)
      return textOf(value)
  }
}

function textOf(value: Value): string {
  switch (value.kind) {
    case 'text':
    case 'word':
    case 'time':
      return value.text
    case 'number':
    case 'boolean':
      return printValue(value)
    case 'duration':
    case 'ago':
      throw noTime(value)
  }
}

function noTime(value: Value): WrongFilter {
  return wrong(value, 'Only “started”, “ended” and “duration” are times.')
}

function timeOf(value: Value, name: Name, now: number): number {
  switch (value.kind) {
    case 'ago':
      return now - value.amount * UNIT_MS[value.unit]
    case 'number':
      return value.number
    case 'time':
    case 'text': {
      const time = Date.parse(isDay(value.text) ? `${value.text}T00:00` : value.text)
      if (!Number.isNaN(time)) return time
      break
    }
    case 'duration':
      throw wrong(value, 'A time is so long ago.', `${printValue(value)} ago`)
    default:
  }
  throw wrong(
    value,
    `${printName(name)} is a time: write it as “2026-11-01”, “2026-11-01T12:30” or “2 days ago”.`,
  )
}

/** A day alone would be read as midnight in Greenwich. */
function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text)
}

/** A number alone is of seconds. */
function durationOf(value: Value, name: Name): number {
  if (value.kind === 'duration') return value.amount * UNIT_MS[value.unit]
  if (value.kind === 'number') return value.number * SECOND_MS
  throw wrong(value, `${printName(name)} is so long: write “5 minutes”, “2 hours” or a number of seconds.`)
}

function statusOf(value: Value): string {
  const status = textOf(value)
  if (RUN_STATUSES.some((each) => each === status)) return status
  throw wrong(value, `A status is one of ${RUN_STATUSES.join(', ')}.`, nearestName(status, RUN_STATUSES))
}
