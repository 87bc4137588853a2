import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show, type JSX } from 'solid-js'
import { useChartColors, type ChartColors } from '../chart-colors.ts'
import { makeFrame } from '../frame.ts'
import type { PlotScale, PlotTick } from '../plot/plot-axis.ts'
import { createElementSize } from '../element-size.ts'
import { PlotTip } from '../plot/plot-tip.tsx'
import './plot-frame.css'

/** Where a drawing lies in its frame. Unit: CSS pixels. */
export interface PlotRoom {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** Places of values of the two axes. */
  x(value: number): number
  y(value: number): number
}

interface PlotFrameProps {
  readonly x: PlotScale
  readonly y: PlotScale
  readonly xLabel?: string
  readonly yLabel?: string
  /** What is drawn, for those who do not see it. */
  readonly label: string
  /** How many things can be pointed at. */
  readonly count: number
  /** What one of them is. */
  words(index: number): string
  placeOf(index: number, room: PlotRoom): readonly [number, number]
  find(x: number, y: number, room: PlotRoom): number | null
  /** Where a key leads; to the next and the one before when left out. */
  step?(index: number, key: string): number | undefined
  /** What is pointed at, for what is said elsewhere too. */
  onPointed?(index: number | null): void
  /** A key led to one of them, which may be out of view. */
  onKeyed?(index: number): void
  /** Off where the drawing covers its room. */
  readonly hasGrid?: boolean
  /** Drawn below the lines, on a canvas that is empty. */
  paint?(context: CanvasRenderingContext2D, room: PlotRoom, colors: ChartColors): void
  readonly children?: (room: PlotRoom) => JSX.Element
}

/** Unit: CSS pixels. */
const LEFT = 48
/** Of a letter of a label. */
const LETTER = 6.4
const RIGHT = 12
const TOP = 8
const BOTTOM = 24
const LABEL = 18

/** A drawing between two axes: ticks, names, what is under the pointer, and the same by the arrow keys. */
export function PlotFrame(props: PlotFrameProps) {
  let host: HTMLDivElement | undefined
  let canvas: HTMLCanvasElement | undefined
  const colors = useChartColors()
  const size = createElementSize(() => host)
  const [pointed, setPointed] = createSignal<number | null>(null)
  const room = createMemo<PlotRoom>(() => {
    const top = TOP + (props.yLabel ? LABEL : 0)
    const height = Math.max(1, size().height - top - BOTTOM - (props.xLabel ? LABEL : 0))
    const { x, y } = props
    const left = Math.max(LEFT, y.isNumeric ? 12 + LETTER * longest(y.ticks(ticksAlong(height))) : 0)
    const width = Math.max(1, size().width - left - RIGHT)
    return {
      left,
      top,
      width,
      height,
      x: (value) => left + x.toPart(value) * width,
      y: (value) => top + (1 - y.toPart(value)) * height,
    }
  })
  /** Where the pointer is on the screen while it is over the drawing. */
  let pointer: readonly [number, number] | null = null
  function find(): void {
    const box = host?.getBoundingClientRect()
    if (pointer === null || box === undefined) return
    setPointed(props.find(pointer[0] - box.left, pointer[1] - box.top, room()))
  }
  // What is under it changes without it where the drawing is zoomed, or scrolls away.
  createEffect(on(room, find, { defer: true }))
  onMount(() => document.addEventListener('scroll', find, { capture: true, passive: true }))
  onCleanup(() => document.removeEventListener('scroll', find, { capture: true }))
  const current = createMemo(() => {
    const index = pointed()
    return index === null || index >= props.count ? null : index
  })
  createEffect(on(current, (index) => props.onPointed?.(index), { defer: true }))

  const frame = makeFrame(() => {
    const context = canvas?.getContext('2d')
    const { width, height } = size()
    if (!canvas || !context || width === 0 || props.paint === undefined) return
    canvas.width = Math.round(width * devicePixelRatio)
    canvas.height = Math.round(height * devicePixelRatio)
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0)
    props.paint(context, room(), colors())
  })
  createEffect(on([room, colors, () => props.paint], () => frame.request()))
  onCleanup(frame.cancel)

  function keys(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || props.count === 0) return
    const at = current()
    const next =
      at === null && event.key.startsWith('Arrow')
        ? 0
        : (props.step?.(at ?? 0, event.key) ??
          {
            ArrowRight: (at ?? 0) + 1,
            ArrowUp: (at ?? 0) + 1,
            ArrowLeft: (at ?? 0) - 1,
            ArrowDown: (at ?? 0) - 1,
            Home: 0,
            End: props.count - 1,
          }[event.key])
    if (event.key === 'Escape' && at !== null) setPointed(null)
    else if (next === undefined) return
    else {
      const chosen = Math.min(props.count - 1, Math.max(0, next))
      pointer = null
      setPointed(chosen)
      props.onKeyed?.(chosen)
    }
    event.preventDefault()
  }

  return (
    <div
      class="plot-frame"
      data-drawing=""
      ref={(element) => (host = element)}
      role="slider"
      tabindex={0}
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, props.count - 1)}
      aria-valuenow={current() ?? 0}
      aria-valuetext={current() === null ? 'Nothing chosen' : props.words(current() ?? 0)}
      onKeyDown={keys}
      onPointerMove={(event) => {
        pointer = [event.clientX, event.clientY]
        find()
      }}
      onPointerLeave={() => {
        pointer = null
        setPointed(null)
      }}
    >
      <Show when={props.paint}>
        <canvas ref={(element) => (canvas = element)} aria-hidden="true" />
      </Show>
      <svg aria-hidden="true" width={size().width} height={size().height}>
        <FrameAxes
          x={props.x}
          y={props.y}
          xLabel={props.xLabel ?? ''}
          yLabel={props.yLabel ?? ''}
          room={room()}
          height={size().height}
          hasGrid={props.hasGrid !== false}
        />
        {props.children?.(room())}
        <Show when={current() !== null}>
          <circle
            class="plot-frame-point"
            cx={props.placeOf(current() ?? 0, room())[0]}
            cy={props.placeOf(current() ?? 0, room())[1]}
            r={4.5}
          />
        </Show>
      </svg>
      <Show when={current() !== null}>
        <PlotTip
          x={props.placeOf(current() ?? 0, room())[0]}
          y={props.placeOf(current() ?? 0, room())[1]}
          isLeft={props.placeOf(current() ?? 0, room())[0] > size().width / 2}
        >
          {props.words(current() ?? 0)}
        </PlotTip>
      </Show>
    </div>
  )
}

interface FrameAxesProps {
  readonly x: PlotScale
  readonly y: PlotScale
  /** Empty for none. */
  readonly xLabel: string
  readonly yLabel: string
  readonly room: PlotRoom
  /** Of all of the frame. Unit: CSS pixels. */
  readonly height: number
  readonly hasGrid: boolean
}

/** Lines, ticks and names of the two axes. */
function FrameAxes(props: FrameAxesProps) {
  const ticksX = createMemo(() => props.x.ticks(Math.max(2, Math.floor(props.room.width / 72))))
  const ticksY = createMemo(() => props.y.ticks(ticksAlong(props.room.height)))
  return (
    <>
      <For each={ticksY()}>
        {({ part, text }) => (
          <>
            <Show when={props.hasGrid}>
              <path
                class="plot-frame-grid"
                d={`M${props.room.left},${Math.round(props.room.top + (1 - part) * props.room.height) + 0.5}h${props.room.width}`}
              />
            </Show>
            <text
              class="plot-frame-tick"
              x={props.room.left - 8}
              y={props.room.top + (1 - part) * props.room.height + 4}
              text-anchor="end"
            >
              {props.y.isNumeric ? text : shortened(text, 8)}
            </text>
          </>
        )}
      </For>
      <For each={ticksX()}>
        {({ part, text }) => (
          <text
            class="plot-frame-tick"
            x={props.room.left + part * props.room.width}
            y={props.room.top + props.room.height + 17}
            text-anchor="middle"
          >
            {props.x.isNumeric ? text : shortened(text, 12)}
          </text>
        )}
      </For>
      <Show when={props.yLabel}>
        <text class="plot-frame-label" x={0} y={13}>
          {shortened(props.yLabel, 60)}
        </text>
      </Show>
      <Show when={props.xLabel}>
        <text
          class="plot-frame-label"
          x={props.room.left + props.room.width / 2}
          y={props.height - 5}
          text-anchor="middle"
        >
          {shortened(props.xLabel, 60)}
        </text>
      </Show>
    </>
  )
}

/** How many labels fit above each other. */
function ticksAlong(height: number): number {
  return Math.max(2, Math.floor(height / 36))
}

function longest(ticks: readonly PlotTick[]): number {
  return Math.max(0, ...ticks.map(({ text }) => text.length))
}

function shortened(text: string, letters: number): string {
  return text.length > letters ? `${text.slice(0, letters - 1)}…` : text
}
