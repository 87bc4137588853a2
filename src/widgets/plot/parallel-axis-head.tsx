import ArrowUpDown from 'lucide-solid/icons/arrow-up-down'
import X from 'lucide-solid/icons/x'
import { Show } from 'solid-js'
import { canBeLog, type PlotAxis } from './plot-axis.ts'
import './parallel-axis-head.css'

/** How an axis is arranged among the others. */
export interface AxisArranging {
  /** To the place of another axis. */
  onMove(id: string, to: number): void
  onFlip(id: string): void
  onLog(id: string, isLog: boolean): void
  onRemove(id: string): void
}

interface ParallelAxisHeadProps extends AxisArranging {
  readonly axis: PlotAxis
  readonly index: number
  readonly last: number
  /** From axis to axis. Unit: CSS pixels. */
  readonly spacing: number
  /** How far it is dragged. Unit: CSS pixels. */
  readonly shift: number
  onShift(shift: number): void
}

/** The name of an axis to drag it by, and what else can be done with it. */
export function ParallelAxisHead(props: ParallelAxisHeadProps) {
  let grabbed: { readonly x: number } | null = null

  function moveByKey(event: KeyboardEvent): void {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (!event.altKey || by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const to = props.index + by
    if (to < 0 || to > props.last) return
    const name = event.currentTarget as HTMLElement
    props.onMove(props.axis.id, to)
    queueMicrotask(() => name.focus())
  }

  function grab(event: PointerEvent): void {
    if (event.button !== 0) return
    ;(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
    grabbed = { x: event.clientX }
  }

  function drop(): void {
    if (grabbed === null) return
    grabbed = null
    const to = Math.min(props.last, Math.max(0, props.index + Math.round(props.shift / props.spacing)))
    props.onShift(0)
    if (to !== props.index) props.onMove(props.axis.id, to)
  }

  return (
    <div class="parallel-axis-head">
      <button
        type="button"
        class="parallel-axis-head-name"
        dir="auto"
        title={`${props.axis.label}: drag, or Alt with ← and →, to reorder`}
        aria-label={`Reorder ${props.axis.label}`}
        onPointerDown={grab}
        onPointerMove={(event) => grabbed !== null && props.onShift(event.clientX - grabbed.x)}
        onPointerUp={drop}
        onPointerCancel={() => {
          grabbed = null
          props.onShift(0)
        }}
        onKeyDown={moveByKey}
      >
        {props.axis.label}
      </button>
      <span class="parallel-axis-head-tools">
        <button
          type="button"
          aria-label={`Flip ${props.axis.label}`}
          title="Flip"
          aria-pressed={props.axis.isFlipped}
          onClick={() => props.onFlip(props.axis.id)}
        >
          <ArrowUpDown size={12} />
        </button>
        <Show when={props.axis.categories === null && canBeLog(props.axis.values)}>
          <button
            type="button"
            aria-label={`Log scale of ${props.axis.label}`}
            title="Log scale"
            aria-pressed={props.axis.isLog}
            onClick={() => props.onLog(props.axis.id, !props.axis.isLog)}
          >
            log
          </button>
        </Show>
        <button
          type="button"
          aria-label={`Remove ${props.axis.label}`}
          title="Remove"
          onClick={() => props.onRemove(props.axis.id)}
        >
          <X size={12} />
        </button>
      </span>
    </div>
  )
}
