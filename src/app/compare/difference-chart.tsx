import EllipsisVertical from 'lucide-solid/icons/ellipsis-vertical'
import { createMemo, createSignal, Show } from 'solid-js'
import { useChartColors } from '../../widgets/chart-colors.ts'
import { Chart } from '../../widgets/chart/chart.tsx'
import { NO_LIMITS } from '../../widgets/chart/chart-range.ts'
import type { ChartLine } from '../../widgets/chart/chart-line.ts'
import { IconButton } from '../../widgets/icon-button.tsx'
import { Menu, type MenuEntry } from '../../widgets/menu.tsx'
import { formatCount, formatPlural } from '../../widgets/number-format.ts'
import type { ChartFormat } from '../charts/chart-file.ts'
import { summaryWords } from '../charts/chart-lines.ts'
import { createChartLines, type ChartSubject } from '../charts/create-chart-lines.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { useCompare } from './compare-context.ts'
import { curveDifferences } from './curve-differences.ts'
import './difference-chart.css'

const FORMATS: readonly { readonly format: ChartFormat; readonly text: string }[] = [
  { format: 'png', text: 'Save as PNG' },
  { format: 'svg', text: 'Save as SVG' },
  { format: 'csv', text: 'Save as CSV' },
]

/** The curves of a metric minus that of the baseline, which is the line at 0. */
export function DifferenceChart(props: ChartSubject) {
  const { charts, runs: all, select, selected, view } = useExperiment()
  const { columns, runs } = useCompare()
  const colors = useChartColors()
  /** A difference may be negative. */
  const options = createMemo(() => ({ ...charts.options(props.metric), logY: false }))
  const { shown, receipt, setPlotWidth, zoom } = createChartLines(props, options)
  const baseline = createMemo(() => runs()[columns()[0] ?? -1])
  const differences = createMemo(() => ({
    ...shown(),
    lines: curveDifferences(shown().lines, baseline()?.id ?? ''),
  }))
  const title = (): string => `${props.metric} minus ${baseline()?.label ?? ''}`
  const words = createMemo(() => {
    const { lines } = shown()
    if (differences().lines.length > 0)
      return `${differenceWords(lines, differences().lines)}, from ${receipt()}`
    if (lines.length === 0) return receipt()
    return lines.some(({ id }) => id.startsWith('group '))
      ? 'Runs are grouped in charts: a group has no baseline.'
      : `The baseline ${baseline()?.label ?? ''} has no ${props.metric} here.`
  })
  const [isOpen, setOpen] = createSignal(false)
  let card: HTMLElement | undefined
  let more: HTMLButtonElement | undefined

  async function save(format: ChartFormat): Promise<void> {
    const { saveChart } = await import('../charts/chart-file.ts')
    const x = view.x()
    const chart = {
      title: title(),
      shown: differences(),
      yScale: 'linear',
      ignoreOutliers: view.ignoreOutliers(),
      yLimits: NO_LIMITS,
      element: card ?? null,
      xName: typeof x === 'object' ? x.metric : x,
    } as const
    await saveChart(chart, format, colors())
  }
  const entries: readonly MenuEntry[] = FORMATS.map(({ format, text }) => ({
    text,
    run: () => void save(format),
  }))

  return (
    <article class="difference-chart" aria-label={title()} ref={(element) => (card = element)}>
      <header class="difference-chart-head">
        <h3 class="difference-chart-name" title={title()}>
          <bdi>{props.metric}</bdi>
          <span class="difference-chart-subtitle"> minus {baseline()?.label}</span>
        </h3>
        <IconButton
          class="difference-chart-more"
          label={`What can be done with ${title()}`}
          aria-haspopup="menu"
          aria-expanded={isOpen()}
          ref={(element: HTMLButtonElement) => (more = element)}
          onClick={() => setOpen(true)}
        >
          <EllipsisVertical size={15} />
        </IconButton>
      </header>
      <div class="difference-chart-plot">
        <Chart
          label={title()}
          lines={differences().lines}
          range={differences().range}
          xKind={differences().xKind}
          xScale={differences().xScale}
          yScale="linear"
          ignoreOutliers={view.ignoreOutliers()}
          outlying={differences().outlying}
          highlighted={selected()}
          raised={view.raised()}
          cursor={view.cursor()}
          summary={summaryWords(title(), differences().lines, words(), 'run')}
          onCursor={view.setCursor}
          onZoom={(range) => zoom(range)}
          onRaise={view.raise}
          onPick={(id) => {
            if (all.label(id) !== undefined) select(id)
          }}
          onReset={() => view.setZoom(null)}
          onPlotWidth={setPlotWidth}
        />
      </div>
      <p class="difference-chart-receipt">{words()}</p>
      <Show when={isOpen() && more}>
        {(anchor) => (
          <Menu
            label={`Chart ${title()}`}
            entries={entries}
            anchor={anchor()}
            onClose={() => setOpen(false)}
          />
        )}
      </Show>
    </article>
  )
}

/** How many differences are drawn, and at how many places of runs there is none. */
function differenceWords(lines: readonly ChartLine[], differences: readonly ChartLine[]): string {
  const drawn = placesOf(differences)
  const left = placesOf(lines) - drawn
  return [
    `${formatPlural(drawn, 'difference')}${lines.every(({ raw }) => raw) ? '' : ' of means'} drawn`,
    ...(left === 0 ? [] : [`${formatCount(left)} left out where the baseline has no curve`]),
  ].join(', ')
}

function placesOf(lines: readonly ChartLine[]): number {
  return lines.reduce((sum, { x }) => sum + x.length, 0)
}
