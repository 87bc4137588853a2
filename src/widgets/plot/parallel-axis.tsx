import { createMemo, createSignal, For, Show } from 'solid-js'
import { ParallelAxisHead, type AxisArranging } from './parallel-axis-head.tsx'
import { ParallelAxisTrack } from './parallel-axis-track.tsx'
import { MISSING_ROOM } from './parallel-painter.ts'
import { makeScale, type PlotAxis, type PlotRange } from './plot-axis.ts'
import './parallel-axis.css'

export interface AxisActions extends AxisArranging {
  /** `isDone`: false while it is still dragged. */
  onBrush(id: string, range: PlotRange | null, isDone: boolean): void
}

interface ParallelAxisProps extends AxisActions {
  readonly axis: PlotAxis
  readonly index: number
  readonly last: number
  readonly brush: PlotRange | null
  /** Unit: CSS pixels, of the axis line and from axis to axis. */
  readonly height: number
  readonly spacing: number
}

/** One upright axis: its name to drag it by, its labels, and what part of it is picked. */
export function ParallelAxis(props: ParallelAxisProps) {
  const scale = createMemo(() => makeScale(props.axis))
  const ticks = createMemo(() => scale().ticks(Math.max(2, Math.floor(props.height / 36))))
  const hasMissing = createMemo(() => props.axis.values.some(Number.isNaN))
  const [shift, setShift] = createSignal(0)

  return (
    <div
      class="parallel-axis"
      role="group"
      aria-label={`Axis ${props.axis.label}`}
      classList={{ 'is-dragged': shift() !== 0 }}
      style={{ '--spacing': `${props.spacing}px`, transform: `translateX(${shift()}px)` }}
    >
      <ParallelAxisHead
        axis={props.axis}
        index={props.index}
        last={props.last}
        spacing={props.spacing}
        shift={shift()}
        onShift={setShift}
        onMove={props.onMove}
        onFlip={props.onFlip}
        onLog={props.onLog}
        onRemove={props.onRemove}
      />
      <ParallelAxisTrack
        axis={props.axis}
        scale={scale()}
        brush={props.brush}
        height={props.height}
        onBrush={props.onBrush}
      />
      <For each={ticks()}>
        {(tick) => (
          <span
            class="parallel-axis-tick"
            dir="auto"
            title={tick.text}
            style={{ '--top': `${(1 - tick.part) * props.height}px` }}
          >
            {tick.text}
          </span>
        )}
      </For>
      <Show when={hasMissing()}>
        <span class="parallel-axis-tick" style={{ '--top': `${props.height + MISSING_ROOM - 6}px` }}>
          no value
        </span>
      </Show>
    </div>
  )
}
