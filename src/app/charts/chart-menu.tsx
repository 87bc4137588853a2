import { DIRECTIONS, type Direction } from '../../model/experiment.ts'
import { CHART_TYPE_NAMES, CHART_TYPE_WORDS, DEFAULT_CHART } from '../workspace/charts-view.ts'
import { metricPrefix } from '../experiment/metric-sections.ts'
import { Menu, type MenuEntry } from '../../widgets/menu.tsx'
import type { ChartFormat } from './chart-file.ts'
import { axisEntries, moveEntries, saveEntries } from './chart-menu-entries.ts'
import { useExperiment } from '../experiment/experiment-context.ts'

interface ChartMenuProps {
  readonly metric: string
  readonly anchor: HTMLElement
  save(format: ChartFormat): Promise<void>
  /** Asks for the ends of y. */
  onEnds(): void
  /** Asks for a chart of several metrics, this one among them; left out where it has the screen to itself. */
  readonly onCombine?: ((metric: string) => void) | undefined
  onClose(): void
}

const DIRECTION_WORDS: Readonly<Record<Direction, string>> = {
  min: 'Lower is better',
  max: 'Higher is better',
  none: 'Neither is better',
}

/** What can be done with one chart. */
export function ChartMenu(props: ChartMenuProps) {
  const { arrangement, charts, readOnly, workspace } = useExperiment()
  const { metric } = props
  const isExpanded = workspace.view().charts.expanded === metric
  const { type: chosen = DEFAULT_CHART } = charts.options(metric)
  const isPinned = charts.isPinned(metric)
  const neighbours = isPinned
    ? charts.pinned()
    : (charts.sections().find(({ prefix }) => prefix === metricPrefix(metric))?.keys ?? [])

  const entries: readonly MenuEntry[] = [
    {
      text: isExpanded ? 'Back to all charts' : 'Expand',
      run: () =>
        charts.change(isExpanded ? 'Back to all charts' : `Expand ${metric}`, {
          expanded: isExpanded ? null : metric,
        }),
    },
    { text: isPinned ? 'Unpin' : 'Pin to the top', run: () => charts.togglePin(metric) },
    ...(props.onCombine === undefined
      ? []
      : [{ text: 'Combine with other metrics', run: () => props.onCombine?.(metric) }]),
    ...moveEntries(metric, isExpanded ? [metric] : neighbours),
    null,
    ...CHART_TYPE_NAMES.map((type) => ({
      text: CHART_TYPE_WORDS[type],
      checked: type === chosen,
      run: () => charts.setOptions(metric, { type }),
    })),
    null,
    ...axisEntries({
      key: metric,
      isLines: chosen === 'lines',
      hasLegend: false,
      onEnds: () => props.onEnds(),
    }),
    null,
    ...(readOnly
      ? []
      : [
          ...DIRECTIONS.map((direction) => ({
            text: DIRECTION_WORDS[direction],
            checked: arrangement.directionOf(metric) === direction,
            run: () => arrangement.setDirection(metric, direction),
          })),
          null,
        ]),
    ...saveEntries((format) => props.save(format)),
  ]
  return <Menu label={`Chart ${metric}`} entries={entries} anchor={props.anchor} onClose={props.onClose} />
}
