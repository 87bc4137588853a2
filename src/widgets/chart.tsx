import { createEffect, createMemo, createSignal, on, onCleanup, onMount, Show, untrack } from 'solid-js'
import { useChartColors } from './chart-colors.ts'
import { paintHover } from './chart-hover.ts'
import type { ChartLine, ChartRange, XKind } from './chart-line.ts'
import { paintLines } from './chart-painter.ts'
import { makePlot, type Plot } from './chart-plot.ts'
import { yRange } from './chart-range.ts'
import { readLines } from './chart-readout.ts'
import { ChartTooltip } from './chart-tooltip.tsx'
import { makeTouch } from './chart-touch.ts'
import { makeWheel, panned, zoomedAt } from './chart-wheel.ts'
import { makeDrawing } from './draw-queue.ts'
import { makeFrame } from './frame.ts'
import './chart.css'

export interface ChartProps {
  readonly lines: readonly ChartLine[]
  readonly range: ChartRange
  readonly xKind: XKind
  readonly ignoreOutliers: boolean
  readonly highlighted: string | null
  /** x under the pointer, in this chart or another that shares it. */
  readonly cursor: number | null
  /** What a reader who does not see the picture is told. */
  readonly summary: string
  onCursor(x: number | null): void
  onZoom(range: ChartRange): void
  onReset(): void
  /** How wide the plot is, so that as many buckets are read as there are pixels. Unit: CSS pixels. */
  onPlotWidth(width: number): void
}

/** A hover dot belongs to an entry at most this far from the cursor beyond the ends of a line. Unit: CSS pixels. */
const REACH = 8

/** Curves with their envelopes over a shared x, drawn by uPlot and our painter. */
export function Chart(props: ChartProps) {
  const colors = useChartColors()
  const [plot, setPlot] = createSignal<Plot>()
  const [pointer, setPointer] = createSignal<{ readonly x: number; readonly y: number } | null>(null)
  let host: HTMLDivElement | undefined
  let overlay: HTMLCanvasElement | undefined

  const fitted = createMemo(() => yRange(props.lines, props.range, props.ignoreOutliers))
  const y = (): readonly [number, number] => fitted() ?? [0, 1]
  const readings = createMemo(() => {
    const x = props.cursor
    const drawn = plot()
    if (x === null || drawn === undefined) return []
    const reach = ((props.range.to - props.range.from) * REACH) / Math.max(1, drawn.chart.over.clientWidth)
    return readLines(props.lines, x, reach)
  })

  const drawFrame = makeDrawing(
    () => {
      const drawn = plot()
      if (drawn === undefined) return
      drawn.redraw()
      hoverFrame.request()
      queueMicrotask(() => props.onPlotWidth(Math.round(drawn.chart.over.clientWidth)))
    },
    () => pointer() !== null,
  )
  const hoverFrame = makeFrame(() => {
    const drawn = plot()
    if (drawn === undefined || overlay === undefined) return
    fitCanvas(overlay, drawn)
    paintHover(overlay, drawn.area(), props.cursor, readings(), colors())
  })

  function leave(): void {
    setPointer(null)
    props.onCursor(null)
  }

  onMount(() => {
    const target = host
    if (target === undefined) return
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = target
      if (width === 0 || height === 0) return
      const drawn = untrack(plot)
      if (drawn === undefined) setPlot(open(target, width, height))
      else drawn.resize(width, height)
      drawFrame.request()
    })
    observer.observe(target)
    onCleanup(() => observer.disconnect())
  })

  function open(target: HTMLElement, width: number, height: number): Plot {
    const made = makePlot(target, width, height, {
      colors,
      xKind: () => props.xKind,
      range: () => props.range,
      y,
      paint: (context, area) => paintLines(context, area, props.lines, colors(), props.highlighted),
      onPoint(x, at) {
        // uPlot repeats the last place at every redraw, also after the pointer has left.
        if (!made.chart.over.matches(':hover')) return
        setPointer({ x, y: at })
        props.onCursor(x)
      },
      onSelect: (range) => props.onZoom(range),
      onReset: () => props.onReset(),
    })
    const { over } = made.chart
    over.addEventListener('mouseleave', leave)
    const valueAt = (left: number): number => made.chart.posToVal(left, 'x')
    onCleanup(
      makeWheel(over, {
        onZoom: (left, factor) => props.onZoom(zoomedAt(props.range, valueAt(left), factor)),
        onPan: (part) => props.onZoom(panned(props.range, part)),
      }),
    )
    onCleanup(
      makeTouch(over, {
        onTouch(left, top) {
          setPointer({ x: valueAt(left), y: made.chart.posToVal(top, 'y') })
          props.onCursor(valueAt(left))
        },
        onPinch(from, to, nowFrom, nowTo) {
          const scale = (valueAt(to) - valueAt(from)) / (nowTo - nowFrom)
          const start = valueAt(from) - nowFrom * scale
          props.onZoom({ from: start, to: start + over.clientWidth * scale })
        },
        onLeave: leave,
      }),
    )
    return made
  }

  createEffect(
    on(
      () => [props.lines, props.range, props.xKind, fitted(), props.highlighted, colors()],
      () => drawFrame.request(),
    ),
  )
  createEffect(on([() => props.cursor, readings], () => hoverFrame.request()))
  // The canvas is drawn before the font has arrived.
  void document.fonts.ready.then(() => drawFrame.request())
  onCleanup(() => {
    drawFrame.cancel()
    hoverFrame.cancel()
    plot()?.[Symbol.dispose]()
  })

  return (
    <div class="chart">
      <div class="chart-host" ref={(element) => (host = element)} role="img" aria-label={props.summary} />
      <canvas class="chart-overlay" ref={(element) => (overlay = element)} aria-hidden="true" />
      <Show when={fitted() === null && props.lines.length > 0}>
        <p class="chart-empty">No points in this range</p>
      </Show>
      <Show when={pointer()}>
        {(at) => (
          <Show when={plot()}>
            {(drawn) => (
              <ChartTooltip
                readings={readings()}
                x={at().x}
                y={at().y}
                xKind={props.xKind}
                range={props.range}
                area={drawn().area()}
              />
            )}
          </Show>
        )}
      </Show>
    </div>
  )
}

function fitCanvas(canvas: HTMLCanvasElement, plot: Plot): void {
  const { width, height } = plot.chart.ctx.canvas
  if (canvas.width === width && canvas.height === height) return
  canvas.width = width
  canvas.height = height
}
