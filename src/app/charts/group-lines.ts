import { joinCurves } from './bands.ts'
import type { Band } from '../workspace/charts-view.ts'
import type { RunGroup } from '../experiment/create-run-looks.ts'
import type { ChartLine } from '../../widgets/chart/chart-line.ts'
import { formatPlural } from '../../widgets/number-format.ts'

/** One line for each group of runs that has any: their mean with its band, and the marks of all of them. */
export function groupLines(
  lines: readonly ChartLine[],
  groups: readonly RunGroup[],
  band: Band,
  most: number,
): readonly ChartLine[] {
  // Of several laps of a run the newest, which comes last.
  const byRun = new Map(lines.map((line) => [line.id, line]))
  return groups.flatMap((group) => {
    const members = group.runIds.flatMap((id) => byRun.get(id) ?? [])
    if (members.length === 0) return []
    const joined = joinCurves(members.map(drawnCurve), band, most)
    const { x, mean, min, max } = joined
    return [
      {
        id: `group ${group.id}`,
        name: `${group.name} (${formatPlural(members.length, 'run')})`,
        color: group.style.color,
        stroke: group.style.stroke,
        raw: false,
        points: members.reduce((sum, line) => sum + line.points, 0),
        laps: members.reduce((most, line) => Math.max(most, line.laps ?? 1), 1),
        x,
        mean,
        min,
        max,
        smoothed: null,
        nonFinite: joinMarks(members),
      },
    ]
  })
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
