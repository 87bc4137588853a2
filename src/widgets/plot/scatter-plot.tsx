import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show } from 'solid-js'
import { useChartColors } from '../chart-colors.ts'
import { makeFrame } from '../frame.ts'
import { makeScale, type PlotAxis } from './plot-axis.ts'
import { PlotTip } from './plot-tip.tsx'
import './scatter-plot.css'

interface ScatterPlotProps {
  readonly x: PlotAxis
  readonly y: PlotAxis
  /** The colour of a dot, as plain as a canvas needs it. */
  color(dot: number): string
  name(dot: number): string
  /** A line of steps under the dots: each place is reached at its x. */
  readonly line?: { readonly x: Float64Array; readonly y: Float64Array }
  /** Unit: CSS pixels. */
  readonly height?: number
  /** A dot with a ring around it. */
  readonly highlighted: number | null
  readonly summary: string
  onPick(dot: number): void
}

/** Unit: CSS pixels, here and below. */
const HEIGHT = 320
/** As in the style sheet. */
const LEFT = 56
const BOTTOM = 44
const TOP = 28
const RIGHT = 20
/** More dots than this are drawn small and square. */
const MANY = 2_000
/** This far from a dot it is still meant. Unit: CSS pixels. */
const REACH = 16

/** Runs as dots by two of their values. The arrow keys walk them from left to right, Enter picks one. */
export function ScatterPlot(props: ScatterPlotProps) {
  const colors = useChartColors()
  const [width, setWidth] = createSignal(0)
  const [hovered, setHovered] = createSignal<number | null>(null)
  let host: HTMLDivElement | undefined
  let canvas: HTMLCanvasElement | undefined
  let overlay: HTMLCanvasElement | undefined

  const scaleX = createMemo(() => makeScale(props.x))
  const scaleY = createMemo(() => makeScale(props.y))
  const plotWidth = (): number => Math.max(1, width() - LEFT - RIGHT)
  const height = (): number => props.height ?? HEIGHT
  const plotHeight = (): number => height() - TOP - BOTTOM
  const left = (part: number): number => LEFT + part * plotWidth()
  const top = (part: number): number => TOP + (1 - part) * plotHeight()
  const ticksX = createMemo(() => scaleX().ticks(Math.max(2, Math.floor(plotWidth() / 80))))
  const ticksY = createMemo(() => scaleY().ticks(6))
  /** Dots from left to right; those that lack a value are nowhere. */
  const order = createMemo(() =>
    Uint32Array.from(props.x.values, (_, dot) => dot)
      .filter(
        (dot) =>
          !Number.isNaN(props.x.values[dot] ?? Number.NaN) &&
          !Number.isNaN(props.y.values[dot] ?? Number.NaN),
      )
      .toSorted((a, b) => (props.x.values[a] ?? 0) - (props.x.values[b] ?? 0)),
  )
  const radius = (): number => (order().length > MANY ? 2 : order().length > 300 ? 3 : 4)
  const spots = createMemo(() => ({
    x: Float32Array.from(props.x.values, (value) => left(scaleX().toPart(value))),
    y: Float32Array.from(props.y.values, (value) => top(scaleY().toPart(value))),
  }))
  const placeOf = (dot: number): readonly [number, number] => {
    const { x, y } = spots()
    return [x[dot] ?? 0, y[dot] ?? 0]
  }

  const frame = makeFrame(() => {
    const context = canvas?.getContext('2d')
    if (!canvas || !context || width() === 0) return
    fit(canvas)
    context.strokeStyle = colors().grid
    context.beginPath()
    for (const { part } of ticksY()) {
      const y = Math.round(top(part)) + 0.5
      context.moveTo(LEFT, y)
      context.lineTo(LEFT + plotWidth(), y)
    }
    context.stroke()
    if (props.line !== undefined) traceSteps(context, props.line)
    context.globalAlpha = order().length > MANY ? 0.6 : 0.9
    for (const dot of order()) {
      const [x, y] = placeOf(dot)
      context.fillStyle = props.color(dot)
      if (order().length > MANY) {
        context.fillRect(x - 1.5, y - 1.5, 3, 3)
        continue
      }
      context.beginPath()
      context.arc(x, y, radius(), 0, 2 * Math.PI)
      context.fill()
    }
    context.globalAlpha = 1
  })
  const overlayFrame = makeFrame(() => {
    const context = overlay?.getContext('2d')
    if (!overlay || !context || width() === 0) return
    fit(overlay)
    for (const dot of [props.highlighted, hovered()]) {
      if (dot === null || !order().includes(dot)) continue
      const [x, y] = placeOf(dot)
      context.strokeStyle = colors().ink
      context.lineWidth = 1.5
      context.beginPath()
      context.arc(x, y, radius() + 3, 0, 2 * Math.PI)
      context.stroke()
    }
  })

  function traceSteps(
    context: CanvasRenderingContext2D,
    { x, y }: { x: Float64Array; y: Float64Array },
  ): void {
    context.strokeStyle = colors().ink
    context.globalAlpha = 0.6
    context.lineWidth = 1.4
    context.beginPath()
    for (const [index, value] of y.entries()) {
      const across = left(scaleX().toPart(x[index] ?? 0))
      if (index > 0) context.lineTo(across, top(scaleY().toPart(y[index - 1] ?? value)))
      context.lineTo(across, top(scaleY().toPart(value)))
    }
    context.stroke()
    context.lineWidth = 1
    context.globalAlpha = 1
  }

  /** As large as its place and empty. */
  function fit(target: HTMLCanvasElement): void {
    target.width = Math.round(width() * devicePixelRatio)
    target.height = Math.round(height() * devicePixelRatio)
    target.getContext('2d')?.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0)
  }

  onMount(() => {
    if (host === undefined) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(host)
    onCleanup(() => observer.disconnect())
  })
  createEffect(
    on(
      () => [order(), spots(), scaleX(), scaleY(), colors(), props.color, props.line, height()],
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
    if (box === undefined) return null
    const [px, py] = [event.clientX - box.left, event.clientY - box.top]
    const { x, y } = spots()
    let nearest: number | null = null
    let least = REACH ** 2
    for (const dot of order()) {
      const distance = (px - (x[dot] ?? 0)) ** 2 + (py - (y[dot] ?? 0)) ** 2
      if (distance < least) {
        least = distance
        nearest = dot
      }
    }
    return nearest
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
      <For each={ticksX()}>
        {(tick) => (
          <span
            class="scatter-plot-tick is-x"
            style={{ left: `${left(tick.part)}px`, top: `${height() - BOTTOM + 4}px` }}
          >
            {tick.text}
          </span>
        )}
      </For>
      <For each={ticksY()}>
        {(tick) => (
          <span class="scatter-plot-tick is-y" style={{ top: `${top(tick.part)}px` }}>
            {tick.text}
          </span>
        )}
      </For>
      <span class="scatter-plot-label is-y" dir="auto" title={props.y.label}>
        {props.y.label}
      </span>
      <span class="scatter-plot-label" dir="auto" title={props.x.label} style={{ width: `${plotWidth()}px` }}>
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
