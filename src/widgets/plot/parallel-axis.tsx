import ArrowUpDown from 'lucide-solid/icons/arrow-up-down'
import X from 'lucide-solid/icons/x'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { canBeLog, makeScale, type PlotAxis, type PlotRange } from './plot-axis.ts'
import { brushAfterKey, makeBrushDrag, type BrushPart } from './parallel-brush.ts'
import { MISSING_ROOM } from './parallel-painter.ts'
import './parallel-axis.css'

export interface AxisActions {
  /** `isDone`: false while it is still dragged. */
  onBrush(id: string, range: PlotRange | null, isDone: boolean): void
  /** To the place of another axis. */
  onMove(id: string, to: number): void
  onFlip(id: string): void
  onLog(id: string, isLog: boolean): void
  onRemove(id: string): void
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
  let track: HTMLDivElement | undefined
  let grabbed: { readonly x: number } | null = null

  /** A category has no length of its own: part of the way to its neighbours is taken for it. */
  const step = (): number =>
    props.axis.categories === null ? 0.02 : 1 / Math.max(1, props.axis.categories.length - 1)
  const around = (): number => (props.axis.categories === null ? 0 : 0.35 * step())
  const brushed = createMemo(() => {
    if (props.brush === null) return null
    const parts = [scale().toPart(props.brush.from), scale().toPart(props.brush.to)]
    return {
      low: Math.max(0, Math.min(...parts) - around()),
      high: Math.min(1, Math.max(...parts) + around()),
    }
  })
  const drag = makeBrushDrag({
    partAt(clientY) {
      const box = track?.getBoundingClientRect()
      return box === undefined ? 0 : 1 - (clientY - box.top) / box.height
    },
    height: () => props.height,
    brushed,
    onChange(parts, isDone) {
      props.onBrush(props.axis.id, parts === null ? null : toRange(parts.low, parts.high), isDone)
    },
  })

  function toRange(low: number, high: number): PlotRange {
    const ends = [scale().fromPart(low), scale().fromPart(high)]
    return { from: Math.min(...ends), to: Math.max(...ends) }
  }

  function keys(event: KeyboardEvent, part: BrushPart): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'Escape' && props.brush !== null) {
      event.preventDefault()
      event.stopPropagation()
      props.onBrush(props.axis.id, null, true)
      return
    }
    const next = brushAfterKey(event.key, part, brushed() ?? { low: 0, high: 1 }, step())
    if (next === null) return
    event.preventDefault()
    const isAll = next.low <= 0 && next.high >= 1
    props.onBrush(props.axis.id, isAll ? null : toRange(next.low, next.high), true)
  }

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
    const to = Math.min(props.last, Math.max(0, props.index + Math.round(shift() / props.spacing)))
    setShift(0)
    if (to !== props.index) props.onMove(props.axis.id, to)
  }

  const place = (part: number): string => `${(1 - part) * props.height}px`
  const said = (value: number): string => scale().format(value)
  const ends = (): PlotRange => props.brush ?? { from: scale().min, to: scale().max }
  const handle = (part: 'low' | 'high') => {
    // Of a flipped axis the smaller value is at the top.
    const isFrom = (): boolean => (part === 'low') !== props.axis.isFlipped
    const at = (): number => brushed()?.[part] ?? (part === 'low' ? 0 : 1)
    return (
      <div
        class="parallel-axis-handle"
        classList={{ 'is-resting': props.brush === null }}
        role="slider"
        tabindex={0}
        aria-orientation="vertical"
        aria-label={`${props.axis.label} ${isFrom() ? 'from' : 'to'}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(at() * 100)}
        aria-valuetext={said(isFrom() ? ends().from : ends().to)}
        style={{ top: place(at()) }}
        onKeyDown={(event) => keys(event, part)}
      />
    )
  }

  return (
    <div
      class="parallel-axis"
      role="group"
      aria-label={`Axis ${props.axis.label}`}
      classList={{ 'is-dragged': shift() !== 0 }}
      style={{ '--spacing': `${props.spacing}px`, transform: `translateX(${shift()}px)` }}
    >
      <div class="parallel-axis-head">
        <button
          type="button"
          class="parallel-axis-name"
          dir="auto"
          title={`${props.axis.label}: drag, or Alt with ← and →, to reorder`}
          aria-label={`Reorder ${props.axis.label}`}
          onPointerDown={grab}
          onPointerMove={(event) => grabbed !== null && setShift(event.clientX - grabbed.x)}
          onPointerUp={drop}
          onPointerCancel={() => {
            grabbed = null
            setShift(0)
          }}
          onKeyDown={moveByKey}
        >
          {props.axis.label}
        </button>
        <span class="parallel-axis-tools">
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
      <div
        class="parallel-axis-track"
        ref={(element) => (track = element)}
        style={{ height: `${props.height}px` }}
        onPointerDown={drag.down}
        onPointerMove={drag.move}
        onPointerUp={drag.up}
        onPointerCancel={drag.cancel}
      >
        <Show when={brushed()}>
          {(parts) => (
            <div
              class="parallel-axis-brush"
              role="slider"
              tabindex={0}
              aria-orientation="vertical"
              aria-label={`${props.axis.label} brush`}
              aria-valuemin={0}
              aria-valuemax={100}
              aria-valuenow={Math.round((parts().low + parts().high) * 50)}
              aria-valuetext={`${said(ends().from)} to ${said(ends().to)}`}
              style={{ top: place(parts().high), height: `${(parts().high - parts().low) * props.height}px` }}
              onKeyDown={(event) => keys(event, 'both')}
            />
          )}
        </Show>
        {handle('high')}
        {handle('low')}
      </div>
      <For each={ticks()}>
        {(tick) => (
          <span
            class="parallel-axis-tick"
            dir="auto"
            title={props.axis.categories === null ? undefined : tick.text}
            style={{ '--top': place(tick.part) }}
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
