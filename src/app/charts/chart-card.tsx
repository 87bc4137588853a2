import EllipsisVertical from 'lucide-solid/icons/ellipsis-vertical'
import Pin from 'lucide-solid/icons/pin'
import { createMemo, createSignal, createUniqueId, on, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { DEFAULT_CHART, type ChartOptions } from '../workspace/charts-view.ts'
import { bestOf } from '../workspace/metric-direction.ts'
import { metricName } from '../experiment/metric-sections.ts'
import { IconButton } from '../../widgets/icon-button.tsx'
import { formatValue } from '../../widgets/number-format.ts'
import { ChartEnds } from './chart-ends.tsx'
import { ChartMenu } from './chart-menu.tsx'
import { CHART_TYPES } from './chart-types.tsx'
import type { ChartSubject } from './create-chart-lines.ts'
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

/** One metric: its name, its best value, the drawing of its type, and the receipt of what is drawn. */
export function ChartCard(props: ChartCardProps) {
  const { arrangement, charts, looks, series } = useExperiment()
  const options = createMemo(() => charts.options(props.metric))
  const direction = createMemo(() => arrangement.directionOf(props.metric))
  const best = createMemo(() => {
    const told = [...looks.covered()].filter((id) => props.runIds?.has(id) !== false)
    const values = told.map((id) => rankedValue(series.summary(id, props.metric), direction()))
    // Of a learning rate there is no best; the last value of the only run is worth showing.
    if (direction() === 'none' && values.filter((value) => value !== null).length > 1) return null
    return bestOf(values, direction())
  })
  const [menu, setMenu] = createSignal(false)
  const [ends, setEnds] = createSignal(false)
  const [isTarget, setTarget] = createSignal(false)
  const nameId = createUniqueId()
  let card: HTMLElement | undefined
  let more: HTMLButtonElement | undefined
  const title = (): string => (props.subtitle === '' ? props.metric : `${props.metric}, ${props.subtitle}`)
  const type = createMemo(() => options().type ?? DEFAULT_CHART)
  const drawn = createMemo(on(type, (each) => CHART_TYPES[each](props, title)))

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
      <div class="chart-card-plot">{drawn().draw()}</div>
      <p class="chart-card-receipt" title={drawn().receipt()}>
        {drawn().receipt()}
      </p>
      <Show when={menu() && more}>
        {(anchor) => (
          <ChartMenu
            metric={props.metric}
            anchor={anchor()}
            save={(format) => drawn().save(format, card ?? null)}
            onEnds={() => setEnds(true)}
            onClose={() => setMenu(false)}
          />
        )}
      </Show>
      <Show when={ends() && more}>
        {(anchor) => <ChartEnds metric={props.metric} anchor={anchor()} onClose={() => setEnds(false)} />}
      </Show>
    </article>
  )
}

function scaleWords({ logX, logY, y }: ChartOptions): string {
  return [...(logX ? ['log x'] : []), ...(logY ? ['log y'] : []), ...(y === undefined ? [] : ['y set'])].join(
    ', ',
  )
}
