import { createEffect, createMemo, createSignal, For, on, onCleanup, Show } from 'solid-js'
import { useChartColors } from '../chart-colors.ts'
import type { Stroke } from '../dashes.ts'
import { createElementSize } from '../element-size.ts'
import { makeFrame } from '../frame.ts'
import { ParallelAxis, type AxisActions } from './parallel-axis.tsx'
import { groupLines, lineAt, MISSING_ROOM, placeLines, traceLine } from './parallel-painter.ts'
import { makeParallelPicture } from './parallel-picture.ts'
import type { PlotAxis, PlotRange } from './plot-axis.ts'
import { PlotTip } from './plot-tip.tsx'
import './parallel-plot.css'

interface ParallelPlotProps extends AxisActions {
  readonly axes: readonly PlotAxis[]
  readonly brushes: ReadonlyMap<string, PlotRange>
  /** Which lines all brushes picked: 1; null for all. */
  readonly picked: Uint8Array | null
  /** The colour of a line, as plain as a canvas needs it. */
  color(line: number): string
  /** What tells lines of one colour apart; nothing when left out. */
  stroke?(line: number): Stroke
  /** A line that stands out, as the one under the pointer does. */
  readonly highlighted: number | null
  name(line: number): string
  /** What a reader who does not see the picture is told. */
  readonly summary: string
  onPick(line: number): void
}

/** As in the style sheet, where it is the room above the lines. Unit: CSS pixels. */
const HEAD = 48
/** Axes nearer than this cannot be read; then the picture is wider than its place. Unit: CSS pixels. */
const MIN_SPACING = 104
const LEFT = 12
const HEIGHT = 264
const REACH = 8

/** Runs as lines over upright axes; brushes on the axes pick some of them. */
export function ParallelPlot(props: ParallelPlotProps) {
  const colors = useChartColors()
  const [hovered, setHovered] = createSignal<{
    readonly line: number
    readonly x: number
    readonly y: number
  } | null>(null)
  let host: HTMLDivElement | undefined
  let canvas: HTMLCanvasElement | undefined
  let overlay: HTMLCanvasElement | undefined

  const size = createElementSize(() => host)
  const width = createMemo(() => size().width)
  const spacing = (): number => Math.max(MIN_SPACING, (width() - LEFT) / Math.max(1, props.axes.length))
  const fullWidth = (): number => LEFT + spacing() * props.axes.length
  const x = createMemo(() => props.axes.map((_, index) => LEFT + index * spacing() + 0.5))
  const places = createMemo(() => placeLines(props.axes, x(), HEIGHT))
  const groups = createMemo(() =>
    groupLines(places().count, props.picked, props.color, props.stroke ?? (() => 0), colors().grid),
  )

  const fit = (target: HTMLCanvasElement): void => fitTo(target, fullWidth())
  const picture = makeParallelPicture({
    canvas: () => canvas,
    fit,
    size: () => (width() === 0 ? null : { width: fullWidth(), height: HEIGHT + MISSING_ROOM }),
    places,
    groups,
  })
  const overlayFrame = makeFrame(() => {
    const context = overlay?.getContext('2d')
    if (!overlay || !context || width() === 0) return
    fit(overlay)
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0)
    context.clearRect(0, 0, fullWidth(), HEIGHT + MISSING_ROOM)
    for (const line of [props.highlighted, hovered()?.line ?? null]) {
      if (line === null || line >= places().count) continue
      context.lineJoin = 'round'
      for (const [color, lineWidth] of [
        [colors().surface, 5],
        [props.color(line), 2.5],
      ] as const) {
        context.strokeStyle = color
        context.lineWidth = lineWidth
        context.beginPath()
        traceLine(context, places(), line)
        context.stroke()
      }
    }
  })

  createEffect(
    on([places, groups, width], () => {
      picture.request()
      overlayFrame.request()
    }),
  )
  createEffect(on([hovered, () => props.highlighted, colors], () => overlayFrame.request()))
  onCleanup(() => {
    picture.cancel()
    overlayFrame.cancel()
  })

  function lineUnder(event: MouseEvent): number | null {
    const box = canvas?.getBoundingClientRect()
    if (box === undefined) return null
    return lineAt(places(), event.clientX - box.left, event.clientY - box.top, REACH, props.picked)
  }

  function hover(event: MouseEvent): void {
    const line = lineUnder(event)
    const box = canvas?.getBoundingClientRect()
    if (line === null || box === undefined) setHovered(null)
    else setHovered({ line, x: event.clientX - box.left, y: event.clientY - box.top })
  }

  return (
    <div class="parallel-plot" ref={(element) => (host = element)}>
      <div class="parallel-plot-scroller">
        <div class="parallel-plot-inside" style={{ width: `${fullWidth()}px` }}>
          <canvas
            class="parallel-plot-lines"
            ref={(element) => (canvas = element)}
            role="img"
            aria-label={props.summary}
            onMouseMove={hover}
            onMouseLeave={() => setHovered(null)}
            onClick={(event) => {
              const line = lineUnder(event)
              if (line !== null) props.onPick(line)
            }}
          />
          <canvas class="parallel-plot-overlay" ref={(element) => (overlay = element)} aria-hidden="true" />
          <Show when={width() > 0}>
            <For each={props.axes.map(({ id }) => id)}>
              {(id) => {
                const index = (): number => props.axes.findIndex((axis) => axis.id === id)
                return (
                  <Show when={props.axes[index()]}>
                    {(axis) => (
                      <div class="parallel-plot-place" style={{ left: `${x()[index()] ?? 0}px` }}>
                        <ParallelAxis
                          axis={axis()}
                          index={index()}
                          last={props.axes.length - 1}
                          brush={props.brushes.get(id) ?? null}
                          height={HEIGHT}
                          spacing={spacing()}
                          onBrush={props.onBrush}
                          onMove={props.onMove}
                          onFlip={props.onFlip}
                          onLog={props.onLog}
                          onRemove={props.onRemove}
                        />
                      </div>
                    )}
                  </Show>
                )
              }}
            </For>
          </Show>
          <Show when={hovered()}>
            {(at) => (
              <PlotTip x={at().x} y={HEAD + at().y} isLeft={at().x > fullWidth() - 200}>
                {props.name(at().line)}
              </PlotTip>
            )}
          </Show>
        </div>
      </div>
    </div>
  )
}

function fitTo(canvas: HTMLCanvasElement, cssWidth: number): void {
  const width = Math.round(cssWidth * devicePixelRatio)
  const height = Math.round((HEIGHT + MISSING_ROOM) * devicePixelRatio)
  if (canvas.width === width && canvas.height === height) return
  canvas.width = width
  canvas.height = height
  canvas.style.width = `${cssWidth}px`
  canvas.style.height = `${HEIGHT + MISSING_ROOM}px`
}
