import { DIRECTIONS, type Direction } from '../../model/experiment.ts'
import { CHART_TYPE_NAMES, CHART_TYPE_WORDS, DEFAULT_CHART } from '../workspace/charts-view.ts'
import { metricPrefix } from '../experiment/metric-sections.ts'
import { Menu, type MenuEntry } from '../../widgets/menu.tsx'
import type { ChartFormat } from './chart-file.ts'
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

export const CHART_FORMATS: readonly { readonly format: ChartFormat; readonly text: string }[] = [
  { format: 'png', text: 'Save as PNG' },
  { format: 'svg', text: 'Save as SVG' },
  { format: 'csv', text: 'Save as CSV' },
  { format: 'spreadsheet', text: 'Save for spreadsheets' },
]

const DIRECTION_WORDS: Readonly<Record<Direction, string>> = {
  min: 'Lower is better',
  max: 'Higher is better',
  none: 'Neither is better',
}

/** What can be done with one chart. */
export function ChartMenu(props: ChartMenuProps) {
  const { arrangement, charts, readOnly, view, workspace } = useExperiment()
  const { metric } = props
  const isExpanded = workspace.view().charts.expanded === metric
  const { type: chosen = DEFAULT_CHART, logX, logY, y, legend = false } = charts.options(metric)
  const isPinned = charts.isPinned(metric)
  const neighbours = isPinned
    ? charts.pinned()
    : (charts.sections().find(({ prefix }) => prefix === metricPrefix(metric))?.keys ?? [])
  const place = neighbours.indexOf(metric)
  const moveTo = (text: string, to: string | undefined): MenuEntry => ({
    text,
    disabled: to === undefined || isExpanded,
    run: () => to !== undefined && charts.move(metric, to),
  })

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
    moveTo('Move before', place > 0 ? neighbours[place - 1] : undefined),
    moveTo('Move after', neighbours[place + 1]),
    null,
    ...CHART_TYPE_NAMES.map((type) => ({
      text: CHART_TYPE_WORDS[type],
      checked: type === chosen,
      run: () => charts.setOptions(metric, { type }),
    })),
    null,
    {
      text: 'Logarithmic x',
      checked: logX,
      // Wall time begins long before anything was logged.
      disabled: view.x() === 'time' || chosen !== 'lines',
      run: () => charts.setOptions(metric, { logX: !logX }),
    },
    { text: 'Logarithmic y', checked: logY, run: () => charts.setOptions(metric, { logY: !logY }) },
    { text: 'Range of y', checked: y !== undefined, run: () => props.onEnds() },
    {
      text: 'Legend',
      checked: legend,
      disabled: chosen !== 'lines',
      run: () => charts.setOptions(metric, { legend: !legend }),
    },
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
    ...CHART_FORMATS.map(({ format, text }) => ({ text, run: () => props.save(format) })),
  ]
  return <Menu label={`Chart ${metric}`} entries={entries} anchor={props.anchor} onClose={props.onClose} />
}
