import { createMemo } from 'solid-js'
import { useChartColors } from '../../widgets/chart-colors.ts'
import { Chart } from '../../widgets/chart/chart.tsx'
import { NO_LIMITS } from '../../widgets/chart/chart-range.ts'
import type { ChartLine } from '../../widgets/chart/chart-line.ts'
import { Menu } from '../../widgets/menu.tsx'
import { formatCount, formatPlural } from '../../widgets/number-format.ts'
import type { ChartFormat } from '../charts/chart-file.ts'
import { ChartFrame } from '../charts/chart-frame.tsx'
import { saveEntries } from '../charts/chart-menu-entries.ts'
import { summaryWords } from '../charts/chart-lines.ts'
import { createChartLines, type ChartSubject } from '../charts/create-chart-lines.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { useCompare } from './compare-context.ts'
import { curveDifferences } from './curve-differences.ts'
import './difference-chart.css'

/** The curves of a metric minus that of the baseline, which is the line at 0. */
export function DifferenceChart(props: ChartSubject) {
  const { charts, pick, selected, view } = useExperiment()
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
  const highlighted = createMemo(() => lineOf(selected()))
  const raised = createMemo(() => lineOf(view.raised()))
  let card: HTMLElement | undefined

  async function save(format: ChartFormat): Promise<void> {
    const { saveChart } = await import('../charts/chart-file.ts')
    const chart = {
      title: title(),
      shown: differences(),
      yScale: 'linear',
      ignoreOutliers: view.ignoreOutliers(),
      yLimits: NO_LIMITS,
      element: card ?? null,
      x: view.x(),
    } as const
    await saveChart(chart, format, colors())
  }

  return (
    <ChartFrame
      title={title()}
      heading={
        <>
          <bdi>{props.metric}</bdi>
          <span class="difference-chart-subtitle"> minus {baseline()?.label}</span>
        </>
      }
      isExpanded={false}
      onElement={(element) => (card = element)}
      receipt={words()}
      menu={(anchor, close) => (
        <Menu
          label={`Chart ${title()}`}
          entries={saveEntries(save, 'spreadsheet')}
          anchor={anchor}
          onClose={close}
        />
      )}
    >
      <Chart
        label={title()}
        lines={differences().lines}
        range={differences().range}
        xKind={differences().xKind}
        xScale={differences().xScale}
        yScale="linear"
        ignoreOutliers={view.ignoreOutliers()}
        outlying={differences().outlying}
        highlighted={highlighted()}
        raised={raised()}
        cursor={view.cursor()}
        summary={summaryWords(title(), differences().lines, words(), 'run')}
        onCursor={view.setCursor}
        onZoom={(range) => zoom(range)}
        onRaise={view.raise}
        onPick={pick}
        onReset={() => view.setZoom(null)}
        onPlotWidth={setPlotWidth}
      />
    </ChartFrame>
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

function lineOf(id: string | null): ReadonlySet<string> {
  return new Set(id === null ? [] : [id])
}
