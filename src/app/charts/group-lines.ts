import { joinCurves } from './bands.ts'
import type { RunId } from '../../model/units.ts'
import type { Band } from '../workspace/charts-view.ts'
import type { RunGroup } from '../experiment/run-groups.ts'
import type { ChartLine } from '../../widgets/chart/chart-line.ts'
import { formatCount, formatPlural } from '../../widgets/number-format.ts'

/** More runs than this are not read for the means of one chart: the newest are, and that is said. */
export const MAX_MEAN_RUNS = 1_000

/** The mean of a group, and what it covers. */
export interface GroupLine extends ChartLine {
  /** How many runs it is the mean of, and the fewest that reach one of its places. */
  readonly runs: number
  readonly fewest: number
}

/**
 * One line for each group of runs that has any: their mean with its band, and the marks of all of them.
 *
 * At every x the mean is that of all runs that reach there: each is taken as straight between its neighbouring entries, which
 * are its points, or its mean in each bucket of the grid that all runs share; beyond its first and last it is not counted.
 * Of a run that is smoothed, its smoothed line is. Of several laps of a run the newest is.
 */
export function groupLines(
  lines: readonly ChartLine[],
  groups: readonly RunGroup[],
  band: Band,
  most: number,
): readonly GroupLine[] {
  // The newest lap comes last.
  const byRun = new Map(lines.map((line) => [line.id, line]))
  return groups.flatMap((group): GroupLine | readonly never[] => {
    const members = group.runIds.flatMap((id) => byRun.get(id) ?? [])
    if (members.length === 0) return []
    const { x, mean, min, max, count } = joinCurves(members.map(drawnCurve), band, most)
    const averaged = members.filter(hasValues).length
    const all = group.runIds.length
    const of = averaged === all ? '' : `${formatCount(averaged)} of `
    return {
      id: lineOfGroup(group),
      name: `${group.name} (${of}${formatPlural(all, 'run')})`,
      color: group.style.color,
      stroke: group.style.stroke,
      raw: false,
      points: members.reduce((sum, line) => sum + line.points, 0),
      laps: members.reduce((laps, line) => Math.max(laps, line.laps ?? 1), 1),
      x,
      mean,
      min,
      max,
      smoothed: null,
      nonFinite: joinMarks(members),
      runs: averaged,
      fewest: count.reduce((least, reached) => Math.min(least, reached), averaged),
    }
  })
}

/** The id of its line. */
export function lineOfGroup({ id }: RunGroup): string {
  return `group ${id}`
}

/** The id of the line that a run is drawn in: its own, or that of its group. */
export function lineOfRun(id: RunId, group: RunGroup | undefined): string {
  return group === undefined ? id : lineOfGroup(group)
}

/**
 * What the means of a chart cover: `mean of 12 runs`, `means of 59 of 60 runs in 20 groups, 1 has no loss`.
 *
 * `lines`: those of the runs; `hasMetric`: whether a run has logged the metric at all; `isRead`: whether it was asked for.
 */
export function coverWords(
  groups: readonly RunGroup[],
  lines: readonly ChartLine[],
  means: readonly GroupLine[],
  metric: string,
  hasMetric: (id: RunId) => boolean,
  isRead: (id: RunId) => boolean,
): string {
  const averaged = new Set(lines.filter(hasValues).map(({ id }) => id))
  const all = groups.flatMap(({ runIds }) => runIds)
  const left = all.filter((id) => !averaged.has(id))
  const lacking = left.filter((id) => !hasMetric(id)).length
  const unread = left.filter((id) => hasMetric(id) && !isRead(id)).length
  const elsewhere = left.length - lacking - unread
  const counted = all.length - left.length
  const of = left.length === 0 ? '' : `${formatCount(counted)} of `
  const uneven = means.filter((mean) => mean.fewest < mean.runs).map((mean) => mean.fewest)
  return [
    groups.length === 1
      ? `mean of ${of}${formatPlural(all.length, 'run')}`
      : `means of ${of}${formatPlural(all.length, 'run')} in ${formatPlural(groups.length, 'group')}`,
    ...(uneven.length > 0 ? [`at least ${formatCount(Math.min(...uneven))} at a place`] : []),
    ...(lacking > 0 ? [`${formatCount(lacking)} ${lacking === 1 ? 'has' : 'have'} no ${metric}`] : []),
    ...(elsewhere > 0 ? [`${formatCount(elsewhere)} ${elsewhere === 1 ? 'has' : 'have'} no value here`] : []),
    ...(unread > 0 ? [`${formatCount(unread)} that started earlier left out`] : []),
  ].join(', ')
}

function hasValues(line: ChartLine): boolean {
  return drawnCurve(line).x.length > 0
}

/** What the eye takes for the line: the smoothed one where there is one. */
function drawnCurve(line: ChartLine): Pick<ChartLine, 'x' | 'mean' | 'min' | 'max'> {
  if (line.smoothed === null) return line
  const { x, mean } = line.smoothed
  return { x, mean, min: mean, max: mean }
}

function joinMarks(lines: readonly ChartLine[]): ChartLine['nonFinite'] {
  const marks = lines
    .flatMap(({ nonFinite: { x, nan, posInf, negInf } }) =>
      Array.from(x, (at, index) => ({
        at,
        nan: nan[index] ?? 0,
        posInf: posInf[index] ?? 0,
        negInf: negInf[index] ?? 0,
      })),
    )
    .toSorted((a, b) => a.at - b.at)
  return {
    x: Float64Array.from(marks, ({ at }) => at),
    nan: Uint32Array.from(marks, ({ nan }) => nan),
    posInf: Uint32Array.from(marks, ({ posInf }) => posInf),
    negInf: Uint32Array.from(marks, ({ negInf }) => negInf),
  }
}
