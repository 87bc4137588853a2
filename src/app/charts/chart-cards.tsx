import { Show, type JSX } from 'solid-js'
import type { Nearness } from '../shell/create-nearness.ts'
import './chart-cards.css'

/** Charts side by side. */
export function ChartCards(props: { readonly children: JSX.Element }) {
  return <div class="chart-cards">{props.children}</div>
}

interface ChartPlaceProps {
  readonly near: Nearness
  /** What tells it from all others. */
  readonly place: string
  readonly children: JSX.Element
}

/** Where a chart is when it comes near the viewport. */
export function ChartPlace(props: ChartPlaceProps) {
  return (
    <div class="chart-cards-place" ref={(element) => props.near.observe(element, props.place)}>
      <Show when={props.near.has(props.place)}>{props.children}</Show>
    </div>
  )
}
