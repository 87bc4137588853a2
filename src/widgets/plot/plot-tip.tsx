import type { JSX } from 'solid-js'
import './plot-tip.css'

interface PlotTipProps {
  /** Unit: CSS pixels of the plot. */
  readonly x: number
  readonly y: number
  /** On its other side, where there is room. */
  readonly isLeft: boolean
  readonly children: JSX.Element
}

/** What lies under the pointer, in any plot. */
export function PlotTip(props: PlotTipProps) {
  return (
    <span
      class="plot-tip"
      classList={{ 'is-left': props.isLeft }}
      dir="auto"
      style={{ left: `${props.x}px`, top: `${props.y}px` }}
    >
      {props.children}
    </span>
  )
}
