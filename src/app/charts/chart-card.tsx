import Pin from 'lucide-solid/icons/pin'
import { createMemo, createSignal, on, Show } from 'solid-js'
import { DEFAULT_CHART, type ChartOptions } from '../workspace/charts-view.ts'
import { bestOf } from '../workspace/metric-direction.ts'
import { metricName } from '../experiment/metric-sections.ts'
import { formatValue } from '../../widgets/number-format.ts'
import { ChartEnds } from './chart-ends.tsx'
import { ChartFrame } from './chart-frame.tsx'
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
  /** Asks for a chart of several metrics, this one among them. */
  onCombine?(metric: string): void
}

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
  const [ends, setEnds] = createSignal(false)
  let card: HTMLElement | undefined
  const title = (): string => (props.subtitle === '' ? props.metric : `${props.metric}, ${props.subtitle}`)
  const type = createMemo(() => options().type ?? DEFAULT_CHART)
  const drawn = createMemo(on(type, (each) => CHART_TYPES[each](props, title)))

  return (
    <ChartFrame
      title={title()}
      heading={
        <>
          <bdi>
            {props.isExpanded || charts.isPinned(props.metric) ? props.metric : metricName(props.metric)}
          </bdi>
          <Show when={props.subtitle}>
            <span class="chart-card-subtitle"> {props.subtitle}</span>
          </Show>
        </>
      }
      isExpanded={props.isExpanded}
      dragged={props.metric}
      onDrop={props.onDrop}
      onElement={(element) => (card = element)}
      marks={
        <>
          <Show when={charts.isPinned(props.metric) && !props.isExpanded}>
            <Pin class="chart-card-pin" size={12} aria-label="Pinned" />
          </Show>
          <ScaleWords options={options()} />
        </>
      }
      end={
        <Show when={best() !== null}>
          <span class="chart-card-best">
            {direction() === 'none' ? 'last' : 'best'} {formatValue(best() ?? Number.NaN)}
          </span>
        </Show>
      }
      receipt={drawn().receipt()}
      menu={(anchor, close) => (
        <ChartMenu
          metric={props.metric}
          anchor={anchor}
          save={(format) => drawn().save(format, card ?? null)}
          onEnds={() => setEnds(true)}
          onCombine={props.onCombine}
          onClose={close}
        />
      )}
      popover={
        ends()
          ? (anchor) => (
              <ChartEnds
                chart={props.metric}
                name={props.metric}
                anchor={anchor}
                onClose={() => setEnds(false)}
              />
            )
          : undefined
      }
    >
      {drawn().draw()}
    </ChartFrame>
  )
}

/** What of its axes is not as in other charts. */
export function ScaleWords(props: { readonly options: ChartOptions }) {
  const words = (): string => {
    const { logX, logY, y } = props.options
    const said = [
      ...(logX ? ['log x'] : []),
      ...(logY ? ['log y'] : []),
      ...(y === undefined ? [] : ['y set']),
    ]
    return said.join(', ')
  }
  return <Show when={words()}>{(said) => <span class="chart-card-scale">{said()}</span>}</Show>
}
