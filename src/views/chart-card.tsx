import { createEffect, createMemo, createSignal, on, onCleanup, Show, type Accessor } from 'solid-js'
import type { RunId } from '../model/units.ts'
import { isSameX } from '../state/create-chart-view.ts'
import type { XRange } from '../state/x-range.ts'
import { createWindows, joinedExtent, type WindowsQuery } from '../state/create-windows.ts'
import { metricName } from '../state/metric-sections.ts'
import { useTracker } from '../state/tracker.ts'
import { chartRange, clampZoom } from '../state/x-extent.ts'
import { Chart } from '../widgets/chart.tsx'
import { drawableRange } from '../widgets/chart-range.ts'
import type { ChartLine, ChartRange, XKind } from '../widgets/chart-line.ts'
import { formatValue } from '../widgets/number-format.ts'
import { MAX_BUCKETS, type XAxis } from '../protocol/windows.ts'
import { receiptWords, summaryWords, toChartLines } from './chart-lines.ts'
import { useExperiment } from './experiment-context.ts'
import { bestOf, rankedValue } from './run-words.ts'
import './chart-card.css'

interface ChartCardProps {
  readonly metric: string
  /** The x of everything drawn in this chart and in all charts, unzoomed. */
  readonly ownExtent: XRange | null
  readonly sharedExtent: XRange | null
  /** How far the points reach that were read just now; null when the chart is gone. */
  onExtent(extent: XRange | null): void
}

/** One metric: its name, its best value, its curves, and the receipt of what is drawn. */
export function ChartCard(props: ChartCardProps) {
  const { arrangement, runs, series, visibility } = useExperiment()
  const direction = createMemo(() => arrangement.directionOf(props.metric))
  const best = createMemo(() => {
    const values = [...visibility.visible()].map((id) =>
      rankedValue(series.summary(id, props.metric), direction()),
    )
    // Of a learning rate there is no best; the last value of the only run is worth showing.
    if (direction() === 'none' && values.filter((value) => value !== null).length > 1) return null
    return bestOf(values, direction())
  })
  const [receipt, setReceipt] = createSignal('')
  const names = createMemo(() => new Map((runs.runs() ?? []).map((run) => [run.id, run.name])))

  return (
    <article class="chart-card" aria-label={props.metric}>
      <header class="chart-card-head">
        <h3 class="chart-card-name" title={props.metric}>
          {metricName(props.metric)}
        </h3>
        <Show when={best()}>
          {(value) => (
            <span class="chart-card-best">
              {direction() === 'none' ? 'last' : 'best'} {formatValue(value())}
            </span>
          )}
        </Show>
      </header>
      <div class="chart-card-plot">
        <LiveChart {...props} names={names} onReceipt={setReceipt} />
      </div>
      <p class="chart-card-receipt">{receipt()}</p>
    </article>
  )
}

interface LiveChartProps extends ChartCardProps {
  readonly names: Accessor<ReadonlyMap<RunId, string>>
  onReceipt(receipt: string): void
}

interface Shown {
  readonly lines: readonly ChartLine[]
  readonly xKind: XKind
  readonly range: ChartRange
}

const NOTHING_SHOWN: Shown = { lines: [], xKind: 'step', range: { from: 0, to: 1 } }

function LiveChart(props: LiveChartProps) {
  const tracker = useTracker()
  const { database, runs, series, visibility, view, selected } = useExperiment()
  const [plotWidth, setPlotWidth] = createSignal(0)

  /** Runs that have the metric, and running ones that may have it at any moment. */
  const runIds = createMemo<readonly RunId[]>(
    () => {
      const table = series.table()
      return (runs.runs() ?? [])
        .filter((run) => visibility.visible().has(run.id))
        .filter((run) => run.status === 'running' || table.get(run.id)?.has(props.metric) === true)
        .map((run) => run.id)
    },
    [],
    { equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]) },
  )
  const query = createMemo<WindowsQuery | null>(() => {
    if (plotWidth() === 0) return null
    const buckets = Math.min(MAX_BUCKETS, plotWidth())
    return {
      database,
      key: props.metric,
      runIds: runIds(),
      x: view.x(),
      range: view.zoom(),
      buckets,
      smoothing: view.smoothing(),
    }
  })
  const { answered, failure } = createWindows(tracker, query)

  createEffect(
    on([answered, visibility.visible], ([latest, visible]) => {
      if (latest === undefined) props.onExtent(null)
      if (latest === undefined || latest.asked.range !== null) return
      const { from, to, windows } = latest.answer
      const drawn = windows.filter((window) => visible.has(window.runId) && window.points > 0)
      if (drawn.length === 0) props.onExtent(null)
      else props.onExtent(drawn.length === windows.length ? { from, to } : joinedExtent(drawn))
    }),
  )
  onCleanup(() => props.onExtent(null))

  const nameOf = (id: RunId): string => props.names().get(id) ?? id
  const fullRange = (): XRange | null => chartRange(props.ownExtent, props.sharedExtent)
  const shown = createMemo<Shown>((before) => {
    const latest = answered()
    // Until the answer in the new unit of x is there, the old picture stays.
    if (latest === undefined || !isSameX(latest.asked.x, view.x())) return before
    const range = drawableRange(view.zoom() ?? fullRange())
    return {
      lines: toChartLines(latest, visibility.visible(), nameOf, runs.style, range),
      xKind: xKindOf(view.x()),
      range,
    }
  }, NOTHING_SHOWN)

  const receipt = createMemo(() => receiptWords(shown().lines, shown().range))
  createEffect(() => props.onReceipt(failure() ?? receipt()))
  onCleanup(() => props.onReceipt(''))

  return (
    <Chart
      lines={shown().lines}
      range={shown().range}
      xKind={shown().xKind}
      ignoreOutliers={view.ignoreOutliers()}
      highlighted={selected()}
      cursor={view.cursor()}
      summary={summaryWords(props.metric, shown().lines, receipt())}
      onCursor={view.setCursor}
      onZoom={(range) => view.setZoom(clampZoom(widenToSteps(range, xKindOf(view.x())), fullRange()))}
      onReset={() => view.setZoom(null)}
      onPlotWidth={setPlotWidth}
    />
  )
}

function xKindOf(x: XAxis): XKind {
  return typeof x === 'object' ? 'metric' : x
}

/** There is nothing to see between two steps or within a millisecond: a zoom covers at least two of them. */
function widenToSteps(range: ChartRange, kind: XKind): ChartRange {
  if (kind === 'metric' || range.to - range.from >= 2) return range
  const middle = kind === 'step' ? Math.round((range.from + range.to) / 2) : (range.from + range.to) / 2
  return { from: middle - 1, to: middle + 1 }
}
