import type { RunId } from '../../model/units.ts'
import type { RunStyle } from '../experiment/run-colors.ts'
import type { AnsweredQuery } from './create-windows.ts'
import { MAX_LAPS, type Lap, type SeriesWindow } from '../../protocol/windows.ts'
import { joinWindows } from './join-windows.ts'
import {
  countNonFinite,
  entriesInRange,
  type ChartLine,
  type ChartRange,
} from '../../widgets/chart/chart-line.ts'
import { nonFiniteWords } from '../../widgets/chart/chart-readout.ts'
import { formatCount, formatPlural, formatValue } from '../../widgets/number-format.ts'

/**
 * The curves of an answer, without empty ones and without runs that were hidden since.
 *
 * `isBeyond`: more is shown than was read; around it lies what is known from a coarser answer.
 */
export function toChartLines(
  answered: AnsweredQuery,
  visible: ReadonlySet<RunId>,
  name: (id: RunId) => string,
  style: (id: RunId) => RunStyle,
  isBeyond: boolean,
): readonly ChartLine[] {
  return (isBeyond ? withOverview(answered) : answered.answer.windows)
    .filter((window) => visible.has(window.runId) && !isEmpty(window))
    .map((window) => {
      const { color, stroke } = style(window.runId)
      const { raw, points, x, mean, min, max, nonFinite, smoothed, forkedAt, lap } = window
      return {
        id: window.runId,
        name: lap === undefined ? name(window.runId) : `${name(window.runId)}, ${lapWords(lap)}`,
        isPast: lap !== undefined && !isNewest(lap),
        laps: lap?.of,
        color,
        stroke,
        raw,
        points,
        x,
        mean,
        min,
        max,
        nonFinite,
        smoothed,
        forkedAt,
      }
    })
}

function withOverview({ asked, answer, overview }: AnsweredQuery): readonly SeriesWindow[] {
  const { range } = asked
  if (range === null || overview === null) return answer.windows
  const around = new Map(overview.windows.map((window) => [lineName(window), window]))
  return answer.windows.map((window) => {
    const wider = around.get(lineName(window))
    return wider === undefined ? window : joinWindows(wider, window, range)
  })
}

function lineName({ runId, lap }: SeriesWindow): string {
  return lap === undefined ? runId : `${runId} ${lap.index} ${lap.count}`
}

function isNewest({ index, of, count }: Lap): boolean {
  return index + count > of
}

/** `lap 3 of 3`, and of the oldest of very many `laps 1 to 40 of 50`. */
function lapWords({ index, of, count }: Lap): string {
  const which =
    count === 1
      ? `lap ${formatCount(index)}`
      : `laps ${formatCount(index)} to ${formatCount(index + count - 1)}`
  return `${which} of ${formatCount(of)}`
}

function isEmpty(window: SeriesWindow): boolean {
  return window.x.length === 0 && window.nonFinite.x.length === 0
}

/**
 * `1,204,331 points, 1,840 drawn, extremes kept` or `500 points, all drawn`, and what could not be drawn as a line.
 *
 * `cover`: what lines are the means of; null where they are runs.
 */
export function receiptWords(
  lines: readonly ChartLine[],
  range: ChartRange,
  isLogY: boolean,
  cover: string | null,
): string {
  const points = lines.reduce((sum, line) => sum + line.points, 0)
  if (points === 0) return ''
  const isRaw = lines.every((line) => line.raw)
  const drawn = lines.reduce((sum, line) => sum + line.x.length, 0)
  const { nan, posInf, negInf } = countNonFinite(lines, range)
  const marks = nonFiniteWords(nan, posInf, negInf)
  return [
    formatPlural(points, 'point'),
    cover ?? (isRaw ? 'all drawn' : `${formatCount(drawn)} drawn, extremes kept`),
    ...lapsWords(lines, cover !== null),
    ...(marks === '' ? [] : [`${marks} marked`]),
    ...(isLogY ? belowLogWords(lines, range) : []),
  ].join(', ')
}

/** Runs at times that nobody means are not drawn unless they are alone; that is said. */
export function astrayWords(
  windows: readonly SeriesWindow[],
  visible: ReadonlySet<RunId>,
): readonly string[] {
  const astray = windows.filter((window) => visible.has(window.runId) && (window.astray ?? 0) > 0)
  if (astray.length === 0) return []
  const points = astray.reduce((sum, window) => sum + (window.astray ?? 0), 0)
  const runs = new Set(astray.map(({ runId }) => runId)).size
  return [
    `${formatPlural(points, 'point')} of ${formatPlural(runs, 'run')} at an impossible time left out; hide the other runs to see them`,
  ]
}

/** Lines that the range of y was not made for are named as what they are. */
export function outlyingWords(outlying: ReadonlySet<string>, isGrouped: boolean): string {
  if (outlying.size === 0) return ''
  return `${formatPlural(outlying.size, isGrouped ? 'group' : 'run')} far off ignored for y`
}

/** Steps that start over are several lines of one run. */
function lapsWords(lines: readonly ChartLine[], isGrouped: boolean): readonly string[] {
  const most = lines.reduce((laps, line) => Math.max(laps, line.laps ?? 1), 1)
  if (most === 1) return []
  const runs = new Set(lines.filter(({ laps = 1 }) => laps > 1).map(({ id }) => id)).size
  const laps = `${runs > 1 ? 'up to ' : ''}${formatCount(most)} laps as steps start over`
  if (isGrouped) return [`${laps}, the newest of each run drawn`]
  return [
    laps,
    ...(most > MAX_LAPS ? [`all but the newest ${MAX_LAPS - 1} drawn as one with their range`] : []),
  ]
}

/** What a log axis has no place for is said: it is drawn below its lower end. */
function belowLogWords(lines: readonly ChartLine[], range: ChartRange): readonly string[] {
  let below = 0
  for (const line of lines) {
    const { from, to } = entriesInRange(line, range)
    for (let index = from; index < to; index += 1) if ((line.min[index] ?? 1) <= 0) below += 1
  }
  return below === 0 ? [] : [`${formatPlural(below, 'place')} with values of 0 or less below the axis`]
}

/** More runs than this are not read out one by one. */
const MAX_SPOKEN_RUNS = 8

/** The picture in words: which metric, which runs, where they are now. */
export function summaryWords(
  key: string,
  lines: readonly ChartLine[],
  receipt: string,
  isOf: 'run' | 'group' | 'line',
): string {
  if (lines.length === 0) return `${key}: nothing drawn`
  const newest = lines.filter(({ isPast }) => isPast !== true)
  const spoken = newest
    .slice(0, MAX_SPOKEN_RUNS)
    .map((line) => `${line.name} ${formatValue(line.mean.at(-1) ?? Number.NaN)}`)
  const more =
    newest.length > spoken.length ? ` and ${formatPlural(newest.length - spoken.length, `more ${isOf}`)}` : ''
  return `${key}, ${formatPlural(newest.length, isOf)}. Last values: ${spoken.join(', ')}${more}. ${receipt}.`
}
