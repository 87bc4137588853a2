import { createMemo, createSignal, mapArray, Show, type Accessor } from 'solid-js'
import { useChartColors } from '../../widgets/chart-colors.ts'
import { NO_LIMITS, type YLimits } from '../../widgets/chart/chart-range.ts'
import { Chart } from '../../widgets/chart/chart.tsx'
import { formatPlural } from '../../widgets/number-format.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { createMetricFilter } from '../experiment/create-metric-filter.ts'
import { ownKey } from '../experiment/create-charts.ts'
import { MAX_SHOWN, type OwnChart } from '../workspace/charts-view.ts'
import type { XRange } from '../workspace/x-range.ts'
import { EmptyChart } from './chart-frame.tsx'
import { ChartLegend } from './chart-legend.tsx'
import { receiptWords, summaryWords } from './chart-lines.ts'
import { createChartLines, type ShownLines } from './create-chart-lines.ts'
import type { DrawnChart } from './drawn-chart.ts'
import { lineOfRun } from './group-lines.ts'
import { dashesOf, joinId, joinMetrics, lineIdOf } from './own-lines.ts'
import { joinExtents } from './x-extent.ts'

/** Curves of several metrics over one x and one y. `shared`: how far x of all charts reaches. */
export function createOwnLinesChart(
  own: Accessor<OwnChart>,
  title: Accessor<string>,
  shared: Accessor<XRange | null>,
): DrawnChart {
  const { charts, looks, pick, selected, series, view } = useExperiment()
  const colors = useChartColors()
  const key = createMemo(() => ownKey(own()))
  const options = createMemo(() => charts.options(key()))
  const [extents, setExtents] = createSignal<ReadonlyMap<string, XRange>>(new Map())
  const extent = createMemo(() =>
    [...extents().values()].reduce<XRange | null>((all, each) => joinExtents(all, each), null),
  )
  const pattern = createMetricFilter(
    createMemo(() => own().pattern),
    false,
  )
  const matching = createMemo(() => {
    const known = new Set(series.keys())
    const named = own().shows.filter((metric) => known.has(metric))
    const found = own().pattern === '' ? [] : series.keys().filter(pattern.test())
    return [...new Set([...named, ...found])]
  })
  const metrics = createMemo(() => matching().slice(0, MAX_SHOWN))
  const missing = createMemo(() => own().shows.filter((metric) => !series.keys().includes(metric)))

  const parts = createMemo(
    mapArray(metrics, (metric) => ({
      metric,
      state: createChartLines(
        {
          metric,
          runIds: null,
          get ownExtent() {
            return extent()
          },
          get sharedExtent() {
            return shared()
          },
          onExtent: (read) =>
            void setExtents((known) => {
              const next = new Map(known)
              if (read === null) next.delete(metric)
              else next.set(metric, read)
              return next
            }),
        },
        options,
      ),
    })),
  )
  const read = createMemo(() => parts().map(({ metric, state }) => ({ metric, shown: state.shown() })))
  const ofMetrics = createMemo(() => read().map(({ metric, shown: { lines } }) => ({ metric, lines })))
  const dashes = createMemo(() => dashesOf(ofMetrics()))
  const shown = createMemo<ShownLines | null>(() => {
    const all = read()
    const [first] = all
    if (first === undefined) return null
    return {
      ...first.shown,
      lines: joinMetrics(ofMetrics()),
      outlying: new Set(
        all.flatMap(({ metric, shown: { outlying } }) => [...outlying].map((id) => joinId(metric, id))),
      ),
    }
  })
  const receipt = createMemo(() => {
    const drawn = shown()
    const lost = missing().map((metric) => `${metric} is in none of these runs`)
    if (drawn === null) return lost.join(', ')
    return [
      formatPlural(metrics().length, 'metric'),
      ...(matching().length > metrics().length ? [`the first of ${matching().length} that match`] : []),
      receiptWords(drawn.lines, drawn.range, options().logY, null),
      ...lost,
    ]
      .filter((words) => words !== '')
      .join(', ')
  })
  const limits = createMemo<YLimits>(() => {
    const boxed = view.zoomY(key())
    return boxed === null ? (options().y ?? NO_LIMITS) : { low: boxed.from, high: boxed.to }
  })
  const hasLegend = createMemo(() => options().legend ?? metrics().length > 1)

  /** One of each metric. */
  const linesOf = (id: string | null): ReadonlySet<string> =>
    new Set(id === null ? [] : metrics().map((metric) => joinId(metric, lineOfRun(id, looks.groupOf(id)))))
  const highlighted = createMemo(() => linesOf(selected()))
  const raised = createMemo(() => linesOf(view.raised()))
  const raise = (id: string | null): void => view.raise(id === null ? null : lineIdOf(id))
  const pickLine = (id: string): void => pick(lineIdOf(id))

  return {
    receipt,
    draw: () => (
      <Show when={shown()} fallback={<EmptyChart words={receipt() || 'Choose its metrics.'} />}>
        {(drawn) => (
          <>
            <Chart
              label={title()}
              lines={drawn().lines}
              range={drawn().range}
              xKind={drawn().xKind}
              xScale={drawn().xScale}
              yScale={options().logY ? 'log' : 'linear'}
              ignoreOutliers={view.ignoreOutliers()}
              outlying={drawn().outlying}
              yLimits={limits()}
              highlighted={highlighted()}
              raised={raised()}
              cursor={view.cursor()}
              summary={summaryWords(title(), drawn().lines, receipt(), 'line')}
              onCursor={view.setCursor}
              onZoom={(range, y) =>
                parts()[0]?.state.zoom(
                  range,
                  y === undefined ? undefined : { metric: key(), from: y[0], to: y[1] },
                )
              }
              onRaise={raise}
              onPick={pickLine}
              onReset={() => view.setZoom(null)}
              onPlotWidth={(width) => {
                for (const { state } of parts()) state.setPlotWidth(width)
              }}
            />
            <Show when={hasLegend()}>
              <ChartLegend
                lines={drawn().lines}
                dashes={dashes()}
                raised={raised()}
                onRaise={raise}
                onPick={pickLine}
              />
            </Show>
          </>
        )}
      </Show>
    ),
    async save(format, element) {
      const drawn = shown()
      if (drawn === null) return
      const { saveChart } = await import('./chart-file.ts')
      await saveChart(
        {
          title: title(),
          shown: drawn,
          yScale: options().logY ? 'log' : 'linear',
          ignoreOutliers: view.ignoreOutliers(),
          yLimits: limits(),
          element,
          x: view.x(),
        },
        format,
        colors(),
      )
    },
  }
}
