import { For } from 'solid-js'
import { digitsWithin, formatValue } from '../number-format.ts'
import './ramp-legend.css'

const STOPS = [1, 2, 3, 4, 5, 6, 7, 8] as const

/** Which colours are small and which are large. */
export function RampLegend(props: { readonly min: number; readonly max: number }) {
  return (
    <p class="ramp-legend">
      {formatValue(props.min, digitsWithin(props.min, props.max))}
      <span class="ramp-legend-stops" aria-hidden="true">
        <For each={STOPS}>{(stop) => <span style={{ background: `var(--scale-${stop})` }} />}</For>
      </span>
      <span class="visually-hidden">to</span>
      {formatValue(props.max, digitsWithin(props.min, props.max))}
    </p>
  )
}
