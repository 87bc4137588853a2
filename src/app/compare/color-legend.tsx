import { For, Show } from 'solid-js'
import { makeScale, type PlotAxis } from '../../widgets/plot/plot-axis.ts'
import './color-legend.css'

interface ColorLegendProps {
  readonly axis: PlotAxis | null
  readonly ramp: readonly string[] | null
}

/** What the colours of a picture mean, where they mean a number. */
export function ColorLegend(props: ColorLegendProps) {
  const scale = () => (props.axis === null ? null : makeScale({ ...props.axis, isFlipped: false }))
  return (
    <Show when={props.ramp !== null && scale()}>
      {(known) => (
        <span class="color-legend">
          <span>{known().format(known().min)}</span>
          <span class="color-legend-ramp" aria-hidden="true">
            <For each={props.ramp ?? []}>{(color) => <span style={{ background: color }} />}</For>
          </span>
          <span>{known().format(known().max)}</span>
          <Show when={props.axis?.isLog === true}>
            <span>log</span>
          </Show>
        </span>
      )}
    </Show>
  )
}
