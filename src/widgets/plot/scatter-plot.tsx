import { createEffect, createMemo, createSignal, For, on, onCleanup, Show } from 'solid-js'
import { useChartColors } from '../chart-colors.ts'
import type { Stroke } from '../dashes.ts'
import { createElementSize } from '../element-size.ts'
import { makeFrame } from '../frame.ts'
import { BOTTOM, createScatterLayout } from './create-scatter-layout.ts'
import type { PlotAxis } from './plot-axis.ts'
import { PlotTip } from './plot-tip.tsx'
import { paintScatter, ringDot, type StepLine } from './scatter-painter.ts'
import './scatter-plot.css'

interface ScatterPlotProps {
  readonly x: PlotAxis
  readonly y: PlotAxis
  /** Which dots are shown: 1; all of them when left out. The axes are those of all. */
  readonly only?: Uint8Array
  /** The colour of a dot, as plain as a canvas needs it. */
  color(dot: number): string
  /** What tells dots of one colour apart; nothing when left out. */
  stroke?(dot: number): Stroke
  name(dot: number): string
  /** A line under the dots. */
  readonly line?: StepLine
  /** Unit: CSS pixels. */
  readonly height?: number
  /** A dot with a ring around it. */
  readonly highlighted: number | null
  readonly summary: string
  onPick(dot: number): void
}

/** Unit: CSS pixels. */
const HEIGHT = 320

/** Runs as dots by two of their values. The arrow keys walk them from left to right, Enter picks one. */
export function ScatterPlot(props: ScatterPlotProps) {
  const colors = useChartColors()
  const [hovered, setHovered] = createSignal<number | null>(null)
  let host: HTMLDivElement | undefined
  let canvas: HTMLCanvasElement | undefined
  let overlay: HTMLCanvasElement | undefined

  const size = createElementSize(() => host)
  const width = createMemo(() => size().width)
  const height = (): number => props.height ?? HEIGHT
  const layout = createScatterLayout(props, width, height)
  const { scaleX, scaleY, order, spots, placeOf, left, top } = layout

  const frame = makeFrame(() => {
    const context = emptied(canvas, width(), height())
    if (context !== null)
      paintScatter(context, layout, colors(), props.color, props.stroke ?? (() => 0), props.line)
  })
  const overlayFrame = makeFrame(() => {
    const context = emptied(overlay, width(), height())
    if (context === null) return
    for (const dot of [props.highlighted, hovered()]) ringDot(context, layout, colors(), dot)
  })
  createEffect(
    on(
      () => [order(), spots(), scaleX(), scaleY(), colors(), props.color, props.stroke, props.line, height()],
      () => {
        frame.request()
        overlayFrame.request()
      },
    ),
  )
  createEffect(on([hovered, () => props.highlighted], () => overlayFrame.request()))
  createEffect(
    on(
      () => [props.x.id, props.y.id],
      () => setHovered(null),
      { defer: true },
    ),
  )
  onCleanup(() => {
    frame.cancel()
    overlayFrame.cancel()
  })

  function dotUnder(event: MouseEvent): number | null {
    const box = canvas?.getBoundingClientRect()
    return box === undefined ? null : layout.dotAt(event.clientX - box.left, event.clientY - box.top)
  }

  const at = (): number => order().findIndex((dot) => dot === hovered())

  function keys(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const last = order().length - 1
    if (event.key === 'Enter' || event.key === ' ') {
      const dot = hovered()
      event.preventDefault()
      if (dot !== null) props.onPick(dot)
      return
    }
    const next = {
      ArrowRight: at() + 1,
      ArrowUp: at() + 1,
      ArrowLeft: at() - 1,
      ArrowDown: at() - 1,
      Home: 0,
      End: last,
    }[event.key]
    if (next === undefined || last < 0) return
    event.preventDefault()
    setHovered(order()[Math.min(last, Math.max(0, next))] ?? null)
  }

  const words = (dot: number): string =>
    `${props.name(dot)}: ${props.x.label} ${scaleX().format(props.x.values[dot] ?? 0)}, ${props.y.label} ${scaleY().format(props.y.values[dot] ?? 0)}`

  return (
    <div
      class="scatter-plot"
      style={{ height: `${height()}px` }}
      ref={(element) => (host = element)}
      role="slider"
      tabindex={0}
      aria-label={props.summary}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, order().length - 1)}
      aria-valuenow={Math.max(0, at())}
      aria-valuetext={hovered() === null ? 'No run chosen' : words(hovered() ?? 0)}
      onKeyDown={keys}
    >
      <canvas
        ref={(element) => (canvas = element)}
        aria-hidden="true"
        onMouseMove={(event) => setHovered(dotUnder(event))}
        onMouseLeave={() => setHovered(null)}
        onClick={(event) => {
          const dot = dotUnder(event)
          if (dot !== null) props.onPick(dot)
        }}
      />
      <canvas class="scatter-plot-overlay" ref={(element) => (overlay = element)} aria-hidden="true" />
      <For each={layout.ticksX()}>
        {(tick) => (
          <span
            class="scatter-plot-tick is-x"
            style={{ left: `${left(tick.part)}px`, top: `${height() - BOTTOM + 4}px` }}
          >
            {tick.text}
          </span>
        )}
      </For>
      <For each={layout.ticksY()}>
        {(tick) => (
          <span
            class="scatter-plot-tick is-y"
            style={{ top: `${top(tick.part)}px`, width: `${layout.start() - 8}px` }}
          >
            {tick.text}
          </span>
        )}
      </For>
      <span class="scatter-plot-label is-y" dir="auto" title={props.y.label}>
        {props.y.label}
      </span>
      <span
        class="scatter-plot-label"
        dir="auto"
        title={props.x.label}
        style={{ left: `${layout.start()}px`, width: `${layout.plotWidth()}px` }}
      >
        {props.x.label}
      </span>
      <Show when={hovered() !== null && order().length > 0}>
        <PlotTip
          x={placeOf(hovered() ?? 0)[0]}
          y={placeOf(hovered() ?? 0)[1]}
          isLeft={placeOf(hovered() ?? 0)[0] > width() / 2}
        >
          {words(hovered() ?? 0)}
        </PlotTip>
      </Show>
    </div>
  )
}

/** A canvas made as large as its place, which empties it; null while it has none. */
function emptied(
  canvas: HTMLCanvasElement | undefined,
  width: number,
  height: number,
): CanvasRenderingContext2D | null {
  const context = canvas?.getContext('2d')
  if (!canvas || !context || width === 0) return null
  canvas.width = Math.round(width * devicePixelRatio)
  canvas.height = Math.round(height * devicePixelRatio)
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0)
  return context
}
