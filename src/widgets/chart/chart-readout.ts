import type { ChartEvent } from './chart-event.ts'
import type { ChartLine, ChartRange, XKind } from './chart-line.ts'
import { digitsWithin, formatCount, formatStep, formatValue } from '../number-format.ts'
import { formatElapsed, formatMoment } from '../time-format.ts'
import { lowerBound } from '../../model/sorted.ts'

/** What one line says at a place. */
export interface Reading {
  readonly line: ChartLine
  /** The x of the nearest entry. */
  readonly x: number
  readonly mean: number
  readonly min: number
  readonly max: number
  /** Where its line runs: the smoothed value of a line that is smoothed, else the mean. */
  readonly drawn: number
  /** Non-finite values nearer to the place than the entry, in words; empty when there are none. */
  readonly nonFinite: string
}

/** The entry of a line nearest to x; null when the line does not reach there (with `reach` to spare) or is empty. */
export function readLine(line: ChartLine, x: number, reach: number): Reading | null {
  const marks = line.nonFinite
  const index = nearestIndex(line.x, x)
  const mark = nearestIndex(marks.x, x)
  if (index < 0 && mark < 0) return null
  const at = line.x[index] ?? Number.POSITIVE_INFINITY
  const markAt = marks.x[mark] ?? Number.POSITIVE_INFINITY
  const first = Math.min(line.x[0] ?? Number.POSITIVE_INFINITY, marks.x[0] ?? Number.POSITIVE_INFINITY)
  const last = Math.max(line.x.at(-1) ?? Number.NEGATIVE_INFINITY, marks.x.at(-1) ?? Number.NEGATIVE_INFINITY)
  if (x < first - reach || x > last + reach) return null
  const markIsNearer = mark >= 0 && Math.abs(markAt - x) <= Math.abs(at - x) && Math.abs(markAt - x) <= reach
  return {
    line,
    x: index < 0 ? markAt : at,
    mean: line.mean[index] ?? Number.NaN,
    drawn: drawnAt(line, index, at),
    min: line.min[index] ?? Number.NaN,
    max: line.max[index] ?? Number.NaN,
    nonFinite: markIsNearer
      ? nonFiniteWords(marks.nan[mark] ?? 0, marks.posInf[mark] ?? 0, marks.negInf[mark] ?? 0)
      : '',
  }
}

function drawnAt({ mean, smoothed }: ChartLine, index: number, x: number): number {
  if (smoothed === null) return mean[index] ?? Number.NaN
  return smoothed.mean[nearestIndex(smoothed.x, x)] ?? Number.NaN
}

/** The readings of all lines at x, highest first, as the lines lie on the screen. */
export function readLines(lines: readonly ChartLine[], x: number, reach: number): readonly Reading[] {
  return lines
    .map((line) => readLine(line, x, reach))
    .filter((reading) => reading !== null)
    .toSorted((a, b) => rank(b.drawn) - rank(a.drawn))
}

/** The part of the readings around one of them, so that a long list shows what the pointer is at. */
export function readingsAround(
  readings: readonly Reading[],
  nearest: number,
  count: number,
): readonly Reading[] {
  if (readings.length <= count) return readings
  const start = Math.min(Math.max(0, nearest - Math.floor(count / 2)), readings.length - count)
  return readings.slice(start, start + count)
}

/** The index of the reading nearest to `y`; −1 when there is none. */
export function nearestReading(readings: readonly Reading[], y: number): number {
  let nearest = -1
  let distance = Number.POSITIVE_INFINITY
  readings.forEach((reading, index) => {
    const away = Math.abs(reading.drawn - y)
    if (away < distance) {
      distance = away
      nearest = index
    }
  })
  return nearest
}

/** `3 NaN, 1 +∞`. */
export function nonFiniteWords(nan: number, posInf: number, negInf: number): string {
  return [
    nan > 0 ? `${nan.toLocaleString('en-US')} NaN` : '',
    posInf > 0 ? `${posInf.toLocaleString('en-US')} +∞` : '',
    negInf > 0 ? `${negInf.toLocaleString('en-US')} −∞` : '',
  ]
    .filter((words) => words !== '')
    .join(', ')
}

function rank(value: number): number {
  return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value
}

function nearestIndex(x: Float64Array, place: number): number {
  if (x.length === 0) return -1
  const right = lowerBound(x, place)
  if (right === 0) return 0
  if (right === x.length) return x.length - 1
  return place - (x[right - 1] ?? 0) <= (x[right] ?? 0) - place ? right - 1 : right
}

/** The axes that values are read between: what can be told apart there is told apart in words. */
export interface ReadAxes {
  readonly xKind: XKind
  readonly x: ChartRange
  readonly y: readonly [number, number]
}

/** A value between the ends of y. */
export function valueWords(value: number, [low, high]: readonly [number, number]): string {
  return formatValue(value, digitsWithin(low, high))
}

/** A place on x: “step 1,200”. `isExact`: a step may be a fraction. */
export function placeWords(
  x: number,
  { xKind, x: { from, to } }: Omit<ReadAxes, 'y'>,
  isExact = false,
): string {
  // The least time that is told. Unit: milliseconds.
  const grain = to - from < 60_000 ? Math.min(100, 10 ** Math.floor(Math.log10((to - from) / 500))) : 1_000
  switch (xKind) {
    case 'step':
      return `step ${formatStep(isExact ? x : Math.round(x))}`
    case 'relative':
      return `${formatElapsed(x, grain)} after the start`
    case 'time':
      return grain < 100 ? `${formatMoment(x)}.${millis(x)}` : formatMoment(x)
    case 'metric':
      return valueWords(x, [from, to])
  }
}

function millis(time: number): string {
  return String(new Date(time).getMilliseconds()).padStart(3, '0')
}

/** More than this is not listened to. */
const MAX_SPOKEN = 6

/** The values at the cursor in words, highest first, and what happened there. */
export function spokenReadings(
  readings: readonly Reading[],
  events: readonly ChartEvent[],
  axes: ReadAxes,
): string {
  const said = events
    .slice(0, MAX_SPOKEN)
    .map(({ runName, words }) => ` ${runName}: ${words}.`)
    .join('')
  const [first] = readings
  if (first === undefined) return `No values here.${said}`
  const values = readings
    .slice(0, MAX_SPOKEN)
    .map(
      ({ line, drawn, nonFinite }) =>
        `${line.name} ${nonFinite === '' ? valueWords(drawn, axes.y) : nonFinite}`,
    )
  const more =
    readings.length > values.length ? ` and ${formatCount(readings.length - values.length)} more` : ''
  return `${placeWords(first.x, axes, first.line.raw)}: ${values.join(', ')}${more}.${said}`
}
