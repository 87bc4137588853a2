import type { RunId } from '../../model/units.ts'
import type { Stroke } from '../../widgets/dashes.ts'
import type { ChartLine } from '../../widgets/chart/chart-line.ts'
import { runStyle, strokeAt } from '../experiment/run-colors.ts'

/** The lines of one metric of several. */
export interface MetricLines {
  readonly metric: string
  readonly lines: readonly ChartLine[]
}

/** Keys of metrics hold no line break: no client lets one through. */
const BETWEEN = '\n'

/**
 * The lines of several metrics in one chart. Where a metric has one line at most each metric has a colour; else the colour stays that
 * of the run and the dash tells the metric, as far as dashes are told apart: the name of a line says which it is.
 */
export function joinMetrics(parts: readonly MetricLines[]): readonly ChartLine[] {
  const isOneRun = isOneLineEach(parts)
  return parts.flatMap(({ metric, lines }, place) =>
    lines.map((line) =>
      Object.assign({}, line, isOneRun ? runStyle(place, null) : { stroke: strokeAt(place) }, {
        id: joinId(metric, line.id),
        name: isOneRun ? metric : `${metric}, ${line.name}`,
      }),
    ),
  )
}

/** What the dashes of the lines mean; nothing where colours tell the metrics. */
export function dashesOf(
  parts: readonly MetricLines[],
): readonly { readonly name: string; readonly stroke: Stroke }[] {
  if (isOneLineEach(parts)) return []
  return parts.map(({ metric }, place) => ({ name: metric, stroke: strokeAt(place) }))
}

function isOneLineEach(parts: readonly MetricLines[]): boolean {
  return new Set(parts.flatMap(({ lines }) => lines.map(({ id }) => id))).size <= 1
}

export function joinId(metric: string, lineId: string): string {
  return `${metric}${BETWEEN}${lineId}`
}

/** The run or group that a line is of. */
export function lineIdOf(id: string): RunId {
  return id.slice(id.indexOf(BETWEEN) + 1)
}
