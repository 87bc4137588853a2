import { createEffect, createMemo, createSignal, on, onCleanup, onMount, Show, untrack } from 'solid-js'
import { useChartColors } from '../chart-colors.ts'
import { eventsWithin, NO_EVENTS, type ChartEvents } from './chart-event.ts'
import { paintEvents } from './chart-event-painter.ts'
import { paintHover } from './chart-hover.ts'
import { tickKindOf } from './chart-axis.ts'
import type { ChartLine, ChartRange, XKind } from './chart-line.ts'
import { paintLines } from './chart-painter.ts'
import { makePlot, type Plot, type PlotBox } from './chart-plot.ts'
import { fittedRange, NO_LIMITS, type YLimits } from './chart-range.ts'
import { readLines, spokenReadings } from './chart-readout.ts'
import { ChartTooltip } from './chart-tooltip.tsx'
import { makeTouch } from './chart-touch.ts'
import { makeWheel } from './chart-wheel.ts'
import { makeDrawing } from './draw-queue.ts'
import { makeFrame } from '../frame.ts'
import { chartKey } from './chart-keys.ts'
import { createPick } from './create-pick.ts'
import { panned, zoomedAt } from './plot-area.ts'
import { fromScale, toScale, type Scale } from '../ticks/axis-places.ts'
import './chart.css'

export interface ChartProps {
  readonly lines: readonly ChartLine[]
  /** What happened meanwhile; nothing when left out. */
  readonly events?: ChartEvents
  readonly range: ChartRange
  readonly xKind: XKind
  /** On a log axis `range` lies above 0. */
  readonly xScale: Scale
  readonly yScale: Scale
  readonly ignoreOutliers: boolean
  /** See `outlyingLines`; none when left out. */
  readonly outlying?: ReadonlySet<string>
  /** Ends of y that were set; none when left out. */
  readonly yLimits?: YLimits
  /** The lines of what is selected, by id; none when left out. */
  readonly highlighted?: ReadonlySet<string>
  /** The lines of what is pointed at, in this chart or elsewhere: they are drawn over all others. */
  readonly raised?: ReadonlySet<string>
  /** x under the pointer, in this chart or another that shares it. */
  readonly cursor: number | null
  readonly label: string
  /** What a reader who does not see the picture is told. */
  readonly summary: string
  onCursor(x: number | null): void
  /** `y`: what was boxed of it; undefined where x alone was chosen. */
  onZoom(range: ChartRange, y?: readonly [number, number]): void
  onReset(): void
  /** The line under the pointer, by id; null when there is none any more. */
  onRaise?(id: string | null): void
  /** A line was clicked. */
  onPick?(id: string): void
  /** How wide the plot is, so that as many buckets are read as there are pixels. Unit: CSS pixels. */
  onPlotWidth(width: number): void
}

/** A hover dot belongs to an entry at most this far from the cursor beyond the ends of a line. Unit: CSS pixels. */
const REACH = 8
/** The same of an event. */
const EVENT_REACH = 4

const NONE: ReadonlySet<string> = new Set()

/** Curves with their envelopes over a shared x, drawn by uPlot and our painter. */
export function Chart(props: ChartProps) {
  const colors = useChartColors()
  const [plot, setPlot] = createSignal<Plot>()
  const [pointer, setPointer] = createSignal<{ readonly x: number; readonly y: number } | null>(null)
  /** Whether the values at the cursor are said: it was moved by keys. */
  const [isSpoken, setSpoken] = createSignal(false)
  const events = (): ChartEvents => props.events ?? NO_EVENTS
  let host: HTMLDivElement | undefined
  let overlay: HTMLCanvasElement | undefined

  const fitted = createMemo(() =>
    fittedRange(props.lines, props.range, {
      scale: props.yScale,
      ignoreOutliers: props.ignoreOutliers,
      outlying: props.outlying ?? NONE,
      limits: props.yLimits ?? NO_LIMITS,
    }),
  )
  const y = (): readonly [number, number] => fitted() ?? [0.1, 1]
  // It looks at every point, and is asked several times a frame.
  const tickKind = createMemo(() => tickKindOf(props.xKind, props.lines))
  const readings = createMemo(() => {
    const x = props.cursor
    const drawn = plot()
    if (x === null || drawn === undefined) return []
    const reach = Math.abs(drawn.xAt(drawn.leftOf(x) + REACH) - x)
    return readLines(props.lines, x, reach)
  })

  const {
    picked,
    aim,
    leave: leaveLine,
  } = createPick(
    () => props.lines,
    () => plot()?.area(),
    () => [props.lines, props.range, fitted()],
  )
  createEffect(
    on(
      () => picked()?.line.id ?? null,
      (id) => props.onRaise?.(id),
      { defer: true },
    ),
  )

  /** What happened at the cursor, where the pointer is in this chart. */
  const happened = createMemo(() => {
    const x = props.cursor
    const drawn = plot()
    if (x === null || pointer() === null || drawn === undefined) return []
    const near = (pixels: number): number => drawn.xAt(drawn.leftOf(x) + pixels)
    return eventsWithin(events(), near(-EVENT_REACH), near(EVENT_REACH))
  })

  const drawFrame = makeDrawing(
    () => {
      const drawn = plot()
      if (drawn === undefined) return
      drawn.redraw()
      hoverFrame.request()
      const { width, ratio } = drawn.area()
      queueMicrotask(() => props.onPlotWidth(Math.round(width / ratio)))
    },
    () => pointer() !== null,
  )
  const hoverFrame = makeFrame(() => {
    const drawn = plot()
    if (drawn === undefined || overlay === undefined) return
    fitCanvas(overlay, drawn)
    const raised = props.lines.filter(({ id }) => props.raised?.has(id))
    paintHover(overlay, drawn.area(), { x: props.cursor, readings: readings(), raised }, colors())
  })

  function leave(): void {
    setPointer(null)
    leaveLine()
    props.onCursor(null)
  }

  onMount(() => {
    const target = host
    if (target === undefined) return
    const [size, setSize] = createSignal<{ readonly width: number; readonly height: number } | null>(null)
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = target
      if (width > 0 && height > 0) setSize({ width, height })
    })
    observer.observe(target)
    onCleanup(() => observer.disconnect())
    // A plot has its scales for as long as it lives, and is not made anew because something else changed.
    const isReady = createMemo(() => size() !== null)
    const scales = [createMemo(() => props.xScale), createMemo(() => props.yScale)] as const
    createEffect(
      on([isReady, ...scales], ([isSized, xScale, yScale]) => {
        const first = untrack(size)
        if (!isSized || first === null) return
        const made = open(target, first.width, first.height, xScale, yScale)
        setPlot(made)
        onCleanup(() => made[Symbol.dispose]())
        drawFrame.request()
      }),
    )
    createEffect(
      on(
        size,
        (now) => {
          if (now === null) return
          plot()?.resize(now.width, now.height)
          drawFrame.request()
        },
        { defer: true },
      ),
    )
  })

  /** Its listeners live as long as what asked for it. */
  function open(target: HTMLElement, width: number, height: number, xScale: Scale, yScale: Scale): Plot {
    const made = makePlot(target, width, height, {
      colors,
      tickKind,
      range: () => props.range,
      y,
      xScale,
      yScale,
      paint(context, area) {
        paintEvents(context, area, events(), colors())
        paintLines(context, area, props.lines, colors(), props.highlighted ?? NONE)
      },
      onPoint(x, at, left, top) {
        // uPlot repeats the last place at every redraw, also after the pointer has left.
        if (!made.chart.over.matches(':hover')) return
        setPointer({ x, y: at })
        aim(left, top)
        props.onCursor(x)
      },
      onSelect: ({ x, y }: PlotBox) => props.onZoom(x ?? props.range, y),
      onReset: () => props.onReset(),
      onClick() {
        const id = picked()?.line.id
        if (id !== undefined) props.onPick?.(id)
      },
    })
    const { over } = made.chart
    over.addEventListener('mouseleave', leave)
    onCleanup(
      makeWheel(over, () => made.chart.rect, {
        onZoom: (left, factor) => props.onZoom(zoomedAt(props.range, made.xAt(left), factor, xScale)),
        onPan: (part) => props.onZoom(panned(props.range, part, xScale)),
      }),
    )
    onCleanup(
      makeTouch(over, {
        onTouch(left, top) {
          setPointer({ x: made.xAt(left), y: made.yAt(top) })
          aim(left, top)
          props.onCursor(made.xAt(left))
        },
        onPinch(from, to, nowFrom, nowTo) {
          const measure = (left: number): number => toScale(made.xAt(left), xScale)
          const perPixel = (measure(to) - measure(from)) / (nowTo - nowFrom)
          const start = measure(from) - nowFrom * perPixel
          const end = start + made.chart.rect.width * perPixel
          props.onZoom({ from: fromScale(start, xScale), to: fromScale(end, xScale) })
        },
        onLeave: leave,
      }),
    )
    return made
  }

  function press(event: KeyboardEvent): void {
    const { lines, range, xScale: scale, cursor } = props
    const asked = chartKey(event, { lines, range, scale, cursor })
    if (asked === null) return
    event.preventDefault()
    event.stopPropagation()
    if (asked.type === 'zoom') props.onZoom(asked.range)
    else if (asked.type === 'reset') props.onReset()
    else {
      setPointer({ x: asked.x, y: (y()[0] + y()[1]) / 2 })
      props.onCursor(asked.x)
      setSpoken(true)
    }
  }

  createEffect(
    on(
      () => [props.lines, events(), props.range, props.xKind, fitted(), props.highlighted, colors()],
      () => drawFrame.request(),
    ),
  )
  createEffect(on([() => props.cursor, () => props.raised, readings], () => hoverFrame.request()))
  // The canvas is drawn before the font has arrived.
  void document.fonts.ready.then(() => drawFrame.request())
  onCleanup(() => {
    drawFrame.cancel()
    hoverFrame.cancel()
  })

  return (
    <div
      class="chart"
      classList={{ 'is-picking': picked() !== null && props.onPick !== undefined }}
      role="application"
      aria-roledescription="chart"
      aria-label={props.label}
      tabindex={0}
      onKeyDown={press}
      onBlur={() => {
        setSpoken(false)
        leave()
      }}
    >
      <div class="chart-host" ref={(element) => (host = element)} role="img" aria-label={props.summary} />
      <canvas class="chart-overlay" ref={(element) => (overlay = element)} aria-hidden="true" />
      <p class="visually-hidden" aria-live="polite">
        {isSpoken() && pointer() !== null
          ? spokenReadings(readings(), happened(), {
              xKind: props.xKind,
              x: props.range,
              y: y(),
            })
          : ''}
      </p>
      <Show when={fitted() === null && props.lines.length > 0}>
        <p class="chart-empty">
          {props.yScale === 'log' ? 'Nothing above 0 in this range' : 'No points in this range'}
        </p>
      </Show>
      <Show when={pointer()}>
        {(at) => (
          <Show when={plot()}>
            {(drawn) => (
              <ChartTooltip
                readings={readings()}
                events={happened()}
                picked={picked()}
                x={at().x}
                y={at().y}
                xKind={props.xKind}
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
