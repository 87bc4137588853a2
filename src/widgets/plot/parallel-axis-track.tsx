import { createMemo, Show } from 'solid-js'
import { brushAfterKey, makeBrushDrag, type BrushPart } from './parallel-brush.ts'
import type { PlotAxis, PlotRange, PlotScale } from './plot-axis.ts'
import './parallel-axis-track.css'

interface ParallelAxisTrackProps {
  readonly axis: PlotAxis
  readonly scale: PlotScale
  readonly brush: PlotRange | null
  /** Unit: CSS pixels. */
  readonly height: number
  /** `isDone`: false while it is still dragged. */
  onBrush(id: string, range: PlotRange | null, isDone: boolean): void
}

/** The line of an axis, and the brush that picks a part of it, by pointer and by keys. */
export function ParallelAxisTrack(props: ParallelAxisTrackProps) {
  let track: HTMLDivElement | undefined

  /** A category has no length of its own: part of the way to its neighbours is taken for it. */
  const step = (): number =>
    props.axis.categories === null ? 0.02 : 1 / Math.max(1, props.axis.categories.length - 1)
  const around = (): number => (props.axis.categories === null ? 0 : 0.35 * step())
  const brushed = createMemo(() => {
    if (props.brush === null) return null
    const parts = [props.scale.toPart(props.brush.from), props.scale.toPart(props.brush.to)]
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
    const ends = [props.scale.fromPart(low), props.scale.fromPart(high)]
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

  const place = (part: number): string => `${(1 - part) * props.height}px`
  const said = (value: number): string => props.scale.format(value)
  const ends = (): PlotRange => props.brush ?? { from: props.scale.min, to: props.scale.max }
  const handle = (part: 'low' | 'high') => {
    // Of a flipped axis the smaller value is at the top.
    const isFrom = (): boolean => (part === 'low') !== props.axis.isFlipped
    const at = (): number => brushed()?.[part] ?? (part === 'low' ? 0 : 1)
    return (
      <div
        class="parallel-axis-track-handle"
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
            class="parallel-axis-track-brush"
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
  )
}
