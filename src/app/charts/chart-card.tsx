import EllipsisVertical from 'lucide-solid/icons/ellipsis-vertical'
import Pin from 'lucide-solid/icons/pin'
import { createMemo, createSignal, createUniqueId, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { bestOf } from '../workspace/metric-direction.ts'
import { metricName } from '../experiment/metric-sections.ts'
import { IconButton } from '../../widgets/icon-button.tsx'
import { Chart } from '../../widgets/chart/chart.tsx'
import { formatValue } from '../../widgets/number-format.ts'
import { eventCountWords, toChartEvents } from './chart-events.ts'
import { summaryWords } from './chart-lines.ts'
import { ChartMenu } from './chart-menu.tsx'
import { createChartLines, type ChartSubject } from './create-chart-lines.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { rankedValue } from '../experiment/run-words.ts'
import './chart-card.css'

interface ChartCardProps extends ChartSubject {
  /** What the runs of this chart have in common; empty for all runs. */
  readonly subtitle: string
  /** Whether it has the screen to itself. */
  readonly isExpanded: boolean
  /** The chart that is dragged was dropped on this one. */
  onDrop?(metric: string): void
}

const DRAG_TYPE = 'application/x-kymo-chart'

/** One metric: its name, its best value, its curves, and the receipt of what is drawn. */
export function ChartCard(props: ChartCardProps) {
  const experiment = useExperiment()
  const { arrangement, charts, looks, runs, series, view, visibility, selected } = experiment
  const options = createMemo(() => charts.options(props.metric))
  const { shown, receipt, setPlotWidth, zoom } = createChartLines(props, options)
  const direction = createMemo(() => arrangement.directionOf(props.metric))
  const events = createMemo(() => {
    const drawn = new Map((runs.runs() ?? []).map((run) => [run.id, run]))
    return toChartEvents(experiment.events(), shown().xKind, (id) => {
      const run = drawn.get(id)
      if (run === undefined || !visibility.visible().has(id) || props.runIds?.has(id) === false)
        return undefined
      return { name: run.name, startedAt: run.startedAt, color: looks.style(id).color }
    })
  })
  const best = createMemo(() => {
    const drawn = [...visibility.visible()].filter((id) => props.runIds?.has(id) !== false)
    const values = drawn.map((id) => rankedValue(series.summary(id, props.metric), direction()))
    // Of a learning rate there is no best; the last value of the only run is worth showing.
    if (direction() === 'none' && values.filter((value) => value !== null).length > 1) return null
    return bestOf(values, direction())
  })
  const [menu, setMenu] = createSignal(false)
  const [isTarget, setTarget] = createSignal(false)
  const nameId = createUniqueId()
  let card: HTMLElement | undefined
  let more: HTMLButtonElement | undefined
  const title = (): string => (props.subtitle === '' ? props.metric : `${props.metric}, ${props.subtitle}`)
  const yScale = () => (options().logY ? 'log' : 'linear')

  return (
    <article
      class="chart-card"
      classList={{ 'is-expanded': props.isExpanded, 'is-target': isTarget() }}
      aria-label={title()}
      ref={(element) => (card = element)}
      onDragOver={(event) => {
        if (props.onDrop === undefined || !event.dataTransfer?.types.includes(DRAG_TYPE)) return
        event.preventDefault()
        setTarget(true)
      }}
      onDragLeave={() => setTarget(false)}
      onDrop={(event) => {
        setTarget(false)
        const metric = event.dataTransfer?.getData(DRAG_TYPE) ?? ''
        if (metric !== '') props.onDrop?.(metric)
      }}
    >
      <header
        class="chart-card-head"
        draggable={!props.isExpanded}
        onDragStart={(event) => {
          event.dataTransfer?.setData(DRAG_TYPE, props.metric)
        }}
      >
        <Dynamic
          component={props.isExpanded ? 'h2' : 'h3'}
          class="chart-card-name"
          id={nameId}
          title={title()}
        >
          <bdi>
            {props.isExpanded || charts.isPinned(props.metric) ? props.metric : metricName(props.metric)}
          </bdi>
          <Show when={props.subtitle}>
            <span class="chart-card-subtitle"> {props.subtitle}</span>
          </Show>
        </Dynamic>
        <Show when={charts.isPinned(props.metric) && !props.isExpanded}>
          <Pin class="chart-card-pin" size={12} aria-label="Pinned" />
        </Show>
        <Show when={scaleWords(options())}>{(words) => <span class="chart-card-scale">{words()}</span>}</Show>
        <Show when={best() !== null}>
          <span class="chart-card-best">
            {direction() === 'none' ? 'last' : 'best'} {formatValue(best() ?? Number.NaN)}
          </span>
        </Show>
        <IconButton
          class="chart-card-more"
          label={`What can be done with ${title()}`}
          aria-haspopup="menu"
          aria-expanded={menu()}
          ref={(element: HTMLButtonElement) => (more = element)}
          onClick={() => setMenu(true)}
        >
          <EllipsisVertical size={15} />
        </IconButton>
      </header>
      <div class="chart-card-plot">
        <Chart
          label={title()}
          lines={shown().lines}
          events={events()}
          range={shown().range}
          xKind={shown().xKind}
          xScale={shown().xScale}
          yScale={yScale()}
          ignoreOutliers={view.ignoreOutliers()}
          highlighted={selected()}
          cursor={view.cursor()}
          summary={`${summaryWords(title(), shown().lines, receipt())}${eventCountWords(events())}`}
          onCursor={view.setCursor}
          onZoom={zoom}
          onReset={() => view.setZoom(null)}
          onPlotWidth={setPlotWidth}
        />
      </div>
      <p class="chart-card-receipt">{receipt()}</p>
      <Show when={menu() && more}>
        {(anchor) => (
          <ChartMenu
            metric={props.metric}
            anchor={anchor()}
            chart={() => ({
              title: title(),
              shown: shown(),
              yScale: yScale(),
              ignoreOutliers: view.ignoreOutliers(),
              element: card ?? null,
              xName: xName(view.x()),
            })}
            onClose={() => setMenu(false)}
          />
        )}
      </Show>
    </article>
  )
}

function scaleWords({ logX, logY }: { readonly logX: boolean; readonly logY: boolean }): string {
  return [...(logX ? ['log x'] : []), ...(logY ? ['log y'] : [])].join(', ')
}

function xName(x: ReturnType<ReturnType<typeof useExperiment>['view']['x']>): string {
  return typeof x === 'object' ? x.metric : x
}
