/** Between a number and its unit: they stay on one line wherever they are shown. */
const NO_BREAK = '\u00A0'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const YEAR = 365.2425 * DAY

/** How far local time is behind that of Greenwich; 0 further from 1970 than anybody knows. Unit: milliseconds. */
export function zoneOffsetAt(time: number): number {
  return (new Date(time).getTimezoneOffset() || 0) * MINUTE
}

/** 161_000 → `2:41`, 4_000_000 → `1:06:40`, 90_000_000 → `1 d 1:00:00`. Unit: milliseconds. */
export function formatDuration(duration: number): string {
  const total = Math.max(0, Math.floor(duration / SECOND))
  const days = Math.floor(total / 86_400)
  const hours = Math.floor((total % 86_400) / 3_600)
  const minutes = Math.floor((total % 3_600) / 60)
  const seconds = String(total % 60).padStart(2, '0')
  if (days > 0) return `${days}${NO_BREAK}d${NO_BREAK}${hours}:${String(minutes).padStart(2, '0')}:${seconds}`
  if (hours > 0) return `${hours}:${String(minutes).padStart(2, '0')}:${seconds}`
  return `${minutes}:${seconds}`
}

/** A place on an axis of relative time: like a duration, with fractions of a second once labels lie that close. */
export function formatElapsed(elapsed: number, increment: number): string {
  const sign = elapsed < 0 ? '−' : ''
  const size = Math.abs(elapsed)
  if (increment >= DAY && size % DAY === 0) return `${sign}${size / DAY}${NO_BREAK}d`
  if (increment >= SECOND) return sign + formatDuration(size)
  const decimals = Math.min(9, Math.ceil(-Math.log10(increment / SECOND) - 1e-9))
  const rounded = Number((size / SECOND).toFixed(decimals))
  if (rounded < 60) return `${sign}${rounded.toFixed(decimals)}${NO_BREAK}s`
  const rest = (rounded % 60).toFixed(decimals).padStart(decimals + 3, '0')
  return `${sign}${Math.floor(rounded / 60)}:${rest}`
}

/** Local wall time, as fine as the labels lie apart. Unit: UnixMs. */
export function formatClock(time: number, increment: number): string {
  const date = new Date(time)
  // Further from 1970 than a Date reaches.
  if (Number.isNaN(date.getTime())) return `year ${Math.round(1970 + time / YEAR).toLocaleString('en-US')}`
  if (increment >= YEAR) return String(date.getFullYear())
  if (increment >= 100 * DAY) return `${monthName(date)} ${date.getFullYear()}`
  if (increment >= DAY) return `${date.getDate()} ${monthName(date)}`
  if (isMidnight(date)) return `${date.getDate()} ${monthName(date)}`
  const clock = `${pad(date.getHours())}:${pad(date.getMinutes())}`
  if (increment >= MINUTE) return clock
  const seconds = `${clock}:${pad(date.getSeconds())}`
  return increment >= SECOND ? seconds : `${seconds}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

/** `12 Nov, 14:03:22`, with the year when it is not this one. */
export function formatMoment(time: number, now: number = Date.now()): string {
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return 'at an unknown time'
  const year = date.getFullYear() === new Date(now).getFullYear() ? '' : ` ${date.getFullYear()}`
  const clock = `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`
  return `${date.getDate()} ${monthName(date)}${year}, ${clock}`
}

export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function monthName(date: Date): string {
  return MONTHS[date.getMonth()] ?? ''
}

function isMidnight(date: Date): boolean {
  return date.getHours() + date.getMinutes() + date.getSeconds() + date.getMilliseconds() === 0
}

function pad(part: number): string {
  return String(part).padStart(2, '0')
}
