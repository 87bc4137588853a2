import { formatClock, MONTHS } from '../time-format.ts'
import { CLOCK_INCREMENTS } from './elapsed-ticks.ts'
import { choose, MOST_TICKS } from './increments.ts'
import { areDistinct, numberTicks, type Tick } from './number-ticks.ts'

const MINUTE = 60_000
const DAY = 86_400_000
/** Beyond these there are no dates. Source: ECMAScript, “Time Values and Time Range”. */
const MOST_MS = 8.64e15
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const

/** A way to divide local time. */
interface Division {
  /** About how long its parts are. Unit: milliseconds. */
  readonly size: number
  /** Its places from the last one before a time on. */
  from(time: number): Generator<number>
  words(date: Date): string
}

/**
 * Ticks on an axis of local time: days begin at local midnight, or with their first moment where a change of the clock
 * left midnight out. Unit: UnixMs.
 */
export function timeTicks(from: number, to: number, wanted: number, now = Date.now()): readonly Tick[] {
  if (!(from >= -MOST_MS && to <= MOST_MS)) return numberTicks(from, to, wanted)
  const lists = DIVISIONS.filter(({ size }) => (to - from) / size <= 4 * MOST_TICKS).map((division) =>
    [...placesOf(division, from, to)].map((at) => ({ at, division })),
  )
  const places = choose(lists, wanted)
  const [first] = places
  if (first === undefined) return numberTicks(from, to, wanted)
  return timeTexts(
    places.map(({ at }) => at),
    first.division,
    now,
  )
}

function* placesOf(division: Division, from: number, to: number): Generator<number> {
  let last = Number.NEGATIVE_INFINITY
  for (const at of division.from(from)) {
    if (at > to || Number.isNaN(at)) return
    if (at >= from && at > last && !isSecondMidnight(new Date(at))) yield at
    last = Math.max(last, at)
  }
}

function timeTexts(places: readonly number[], division: Division, now: number): readonly Tick[] {
  let year = new Date(now).getFullYear()
  const ticks = places.map((at) => {
    const date = new Date(at)
    const isDay = division.size < 20 * DAY && (division.size >= DAY || isFirstOfDay(date))
    const words = isDay ? `${date.getDate()} ${MONTHS[date.getMonth()] ?? ''}` : division.words(date)
    if (!isDay) return { at, text: words }
    const text = date.getFullYear() === year ? words : `${words} ${date.getFullYear()}`
    year = date.getFullYear()
    return { at, text }
  })
  if (areDistinct(ticks)) return ticks
  return toldApart(ticks.map(({ at, text }) => ({ at, text: withWeekday(at, text) })))
}

/** The same time on another day. */
function withWeekday(at: number, text: string): string {
  const date = new Date(at)
  return isFirstOfDay(date) ? text : `${WEEKDAYS[date.getDay()] ?? ''} ${text}`
}

/** Where the clock was put back an hour is there twice. */
function toldApart(ticks: readonly Tick[]): readonly Tick[] {
  const said = new Set<string>()
  return ticks.map(({ at, text }) => {
    const own = said.has(text) ? `${text} again` : text
    said.add(own)
    return { at, text: own }
  })
}

function isFirstOfDay(date: Date): boolean {
  return date.getTime() === new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

/** Where the clock was put back at midnight it is there twice. */
function isSecondMidnight(date: Date): boolean {
  return (
    date.getHours() === 0 && date.getTime() % MINUTE === 0 && date.getMinutes() === 0 && !isFirstOfDay(date)
  )
}

/** Equal parts of the local clock. */
function clock(size: number): Division {
  return {
    size,
    words: (date) => formatClock(date.getTime(), size),
    *from(time) {
      for (let at = Math.floor(time) - awayFrom(Math.floor(time), size); ; at = nextOnClock(at, size))
        yield at
    },
  }
}

/** How long ago the local clock showed a multiple of a size. */
function awayFrom(time: number, size: number): number {
  const local = time - new Date(time).getTimezoneOffset() * MINUTE
  return ((local % size) + size) % size
}

/** The next time the clock shows a multiple of a size, however it is changed meanwhile. */
function nextOnClock(time: number, size: number): number {
  const next = time + size
  const date = new Date(next)
  const day = new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
  if (day > time && day <= next) return day
  const late = awayFrom(next, size)
  if (late === 0) return next
  const [before, after] = [next - late, next - late + size]
  if (before > time && awayFrom(before, size) === 0) return before
  return Math.max(after - awayFrom(after, size), time + 1)
}

/** Every so many days, counted from the epoch. */
function days(count: number): Division {
  return {
    size: count * DAY,
    words: () => '',
    *from(time) {
      const date = new Date(time)
      const day = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY
      for (let at = day - (((day % count) + count) % count); ; at += count) {
        yield new Date(1970, 0, 1 + at).getTime()
      }
    },
  }
}

function months(count: number): Division {
  return {
    size: count * 30.4 * DAY,
    words: (date) => `${MONTHS[date.getMonth()] ?? ''} ${date.getFullYear()}`,
    *from(time) {
      const date = new Date(time)
      const first = Math.floor(date.getMonth() / count) * count
      for (let month = first; ; month += count) yield monthStart(date.getFullYear(), month)
    },
  }
}

function years(count: number): Division {
  return {
    size: count * 365.25 * DAY,
    words: (date) => String(date.getFullYear()),
    *from(time) {
      const first = Math.floor(new Date(time).getFullYear() / count) * count
      for (let year = first; ; year += count) yield monthStart(year, 0)
    },
  }
}

/** The constructor takes the years 0 to 99 for those of a century. */
function monthStart(year: number, month: number): number {
  const date = new Date(2000, 0, 1)
  date.setFullYear(year, month, 1)
  return date.getTime()
}

const DIVISIONS: readonly Division[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map(clock),
  ...CLOCK_INCREMENTS.map(clock),
  ...[1, 2, 4, 7, 14].map(days),
  ...[1, 2, 3, 6].map(months),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000].map(years),
]
