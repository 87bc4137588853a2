import { createEffect, createMemo, onCleanup, Show } from 'solid-js'
import { useChartColors } from '../../widgets/chart-colors.ts'
import { fittedRange, NO_LIMITS, type YLimits } from '../../widgets/chart/chart-range.ts'
import { Chart } from '../../widgets/chart/chart.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { ChartLegend } from './chart-legend.tsx'
import { eventCountWords, toChartEvents } from './chart-events.ts'
import { summaryWords } from './chart-lines.ts'
import type { DrawnChart } from './drawn-chart.ts'
import { lineOfRun } from './group-lines.ts'
import { createChartLines, type ChartSubject } from './create-chart-lines.ts'

/** A curve for each run, and what happened to them. */
export function createLinesChart(subject: ChartSubject, title: () => string): DrawnChart {
  const { charts, events, looks, runs, view, visibility, selected, pick } = useExperiment()
  const colors = useChartColors()
  const options = createMemo(() => charts.options(subject.metric))
  const { shown, isOf, receipt, setPlotWidth, zoom } = createChartLines(subject, options)
  const drawnEvents = createMemo(() => {
    const drawn = new Map((runs.runs() ?? []).map((run) => [run.id, run]))
    return toChartEvents(events(), shown().xKind, (id) => {
      const run = drawn.get(id)
      if (run === undefined || !visibility.visible().has(id) || subject.runIds?.has(id) === false)
        return undefined
      return { name: run.label, startedAt: run.startedAt, color: looks.style(id).color }
    })
  })
  const limits = createMemo<YLimits>(() => {
    const boxed = view.zoomY(subject.metric)
    if (boxed !== null) return { low: boxed.from, high: boxed.to }
    const { low, high } = options().y ?? NO_LIMITS
    const shared = subject.height?.all
    return { low: low ?? shared?.[0] ?? null, high: high ?? shared?.[1] ?? null }
  })
  const linesOf = (id: string | null): ReadonlySet<string> =>
    new Set(id === null ? [] : [lineOfRun(id, looks.groupOf(id))])
  const highlighted = createMemo(() => linesOf(selected()))
  const raised = createMemo(() => linesOf(view.raised()))
  const yScale = () => (options().logY ? 'log' : 'linear')
  createEffect(() => {
    const { lines, range, outlying } = shown()
    const fit = {
      scale: yScale(),
      ignoreOutliers: view.ignoreOutliers(),
      outlying,
      limits: NO_LIMITS,
    } as const
    subject.height?.onFit(fittedRange(lines, range, fit))
  })
  onCleanup(() => subject.height?.onFit(null))

  return {
    receipt,
    draw: () => (
      <>
        <Chart
          label={title()}
          lines={shown().lines}
          events={drawnEvents()}
          range={shown().range}
          xKind={shown().xKind}
          xScale={shown().xScale}
          yScale={yScale()}
          ignoreOutliers={view.ignoreOutliers()}
          outlying={shown().outlying}
          yLimits={limits()}
          highlighted={highlighted()}
          raised={raised()}
          cursor={view.cursor()}
          summary={`${summaryWords(title(), shown().lines, receipt(), isOf())}${eventCountWords(drawnEvents())}`}
          onCursor={view.setCursor}
          onZoom={(range, y) => {
            zoom(range, y === undefined ? undefined : { metric: subject.metric, from: y[0], to: y[1] })
          }}
          onRaise={view.raise}
          onPick={pick}
          onReset={() => view.setZoom(null)}
          onPlotWidth={setPlotWidth}
        />
        <Show when={options().legend === true}>
          <ChartLegend lines={shown().lines} raised={raised()} onRaise={view.raise} onPick={pick} />
        </Show>
      </>
    ),
    async save(format, element) {
      const { saveChart } = await import('./chart-file.ts')
      const chart = {
        title: title(),
        shown: shown(),
        yScale: yScale(),
        ignoreOutliers: view.ignoreOutliers(),
        yLimits: limits(),
        element,
        x: view.x(),
      } as const
      await saveChart(chart, format, colors())
    },
  }
}
