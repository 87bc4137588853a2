import { createEffect, createMemo, createSignal, on, onCleanup, Show } from 'solid-js'
import { useChartColors } from '../chart-colors.ts'
import { makeFrame } from '../frame.ts'
import { formatCount } from '../number-format.ts'
import { classColor } from './class-colors.ts'
import { paintCloud, ringPoint } from './cloud-painter.ts'
import { ClassLegend } from './class-legend.tsx'
import { createElementSize } from '../element-size.ts'
import { FACING, pointAt, seeCloud, turned } from './point-cloud.ts'
import { PlotTip } from '../plot/plot-tip.tsx'
import './embedding-cloud.css'

interface EmbeddingCloudProps {
  readonly label: string
  /** Shape: [rows, axes], row-major. */
  readonly points: Float32Array
  readonly axes: 2 | 3
  /** Which vector each point is of. */
  readonly rows: Uint32Array
  /** By vector; empty for none. */
  readonly labels: readonly string[]
  readonly names: readonly string[]
  /** Red, green and blue by vector, which go before the colors of labels. Shape: [vectors, 3]; empty for none. */
  readonly colors?: Uint8Array
  /** How many of them are seen, in words. */
  readonly receipt: string
  readonly hidden: ReadonlySet<string>
  onToggle(name: string): void
}

/** This far from a point it is still meant. Unit: CSS pixels. */
const REACH = 12
/** By a key, and by dragging a pixel. Unit: radians. */
const KEY_TURN = Math.PI / 24
const DRAG_TURN = 0.01
const NO_COLORS = new Uint8Array(0)

/** Vectors as points, near to what they are like; a cloud of three axes is turned by dragging and by the arrow keys. */
export function EmbeddingCloud(props: EmbeddingCloudProps) {
  let host: HTMLDivElement | undefined
  let canvas: HTMLCanvasElement | undefined
  const colors = useChartColors()
  const size = createElementSize(() => host)
  const [turn, setTurn] = createSignal(FACING)
  const [pointed, setPointed] = createSignal<number | null>(null)
  const [dragged, setDragged] = createSignal<{ readonly x: number; readonly y: number } | null>(null)
  const seen = createMemo(() => seeCloud(props.points, props.axes, turn(), size().width, size().height))
  const classes = createMemo(() => [...new Set(props.labels)])
  const classByName = createMemo(() => new Map(classes().map((name, index) => [name, index])))
  const nameOf = (point: number): string => props.labels[props.rows[point] ?? 0] ?? ''
  /** Those that are not hidden, the farthest first. */
  const drawn = createMemo(() => {
    const { depth } = seen()
    const shown = Uint32Array.from(props.rows, (_, point) => point).filter(
      (point) => !props.hidden.has(nameOf(point)),
    )
    return props.axes === 2 ? shown : shown.toSorted((a, b) => (depth[a] ?? 0) - (depth[b] ?? 0))
  })
  const fillOf = (point: number): string => {
    const bytes = props.colors ?? NO_COLORS
    if (bytes.length === 0) return colors().series(classColor(classByName().get(nameOf(point)) ?? 0))
    const from = 3 * (props.rows[point] ?? 0)
    return `rgb(${bytes[from] ?? 0} ${bytes[from + 1] ?? 0} ${bytes[from + 2] ?? 0})`
  }
  createEffect(
    on(
      () => props.points,
      () => setPointed(null),
      { defer: true },
    ),
  )

  const frame = makeFrame(() => {
    const context = canvas?.getContext('2d')
    const { width, height } = size()
    if (!canvas || !context || width === 0) return
    canvas.width = Math.round(width * devicePixelRatio)
    canvas.height = Math.round(height * devicePixelRatio)
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0)
    paintCloud(context, seen(), props.axes, drawn(), fillOf)
    const at = pointed()
    if (at !== null) ringPoint(context, seen(), at, colors().ink)
  })
  createEffect(on([seen, drawn, colors, pointed], () => frame.request()))
  onCleanup(frame.cancel)

  const words = (point: number): string => {
    const row = props.rows[point] ?? 0
    const name = props.names[row] ?? formatCount(row)
    return nameOf(point) === '' ? name : `${name}, ${nameOf(point)}`
  }

  function turnBy(yaw: number, pitch: number): void {
    setTurn((before) => turned(before, yaw, pitch))
  }

  function keys(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const turns: Readonly<Record<string, readonly [number, number]>> =
      props.axes === 3
        ? {
            ArrowLeft: [-KEY_TURN, 0],
            ArrowRight: [KEY_TURN, 0],
            ArrowUp: [0, -KEY_TURN],
            ArrowDown: [0, KEY_TURN],
          }
        : {}
    const [yaw, pitch] = turns[event.key] ?? []
    const last = props.rows.length - 1
    const at = pointed() ?? -1
    const next = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      PageDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      PageUp: at - 1,
      Home: 0,
      End: last,
    }[event.key]
    if (yaw !== undefined && pitch !== undefined) turnBy(yaw, pitch)
    else if (next !== undefined && last >= 0) setPointed(Math.min(last, Math.max(0, next)))
    else return
    event.preventDefault()
  }

  return (
    <div class="embedding-cloud">
      <div
        class="embedding-cloud-room"
        data-drawing=""
        classList={{ 'is-turning': dragged() !== null, 'is-solid': props.axes === 3 }}
        ref={(element) => (host = element)}
        role="slider"
        tabindex={0}
        aria-label={
          props.axes === 3
            ? `${props.label}. Arrow keys turn it, Page Up and Page Down walk its points`
            : props.label
        }
        aria-valuemin={0}
        aria-valuemax={Math.max(0, props.rows.length - 1)}
        aria-valuenow={pointed() ?? 0}
        aria-valuetext={pointed() === null ? 'No point chosen' : words(pointed() ?? 0)}
        onKeyDown={keys}
        onPointerDown={(event) => {
          if (props.axes !== 3 || event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          setDragged({ x: event.clientX, y: event.clientY })
        }}
        onPointerMove={(event) => {
          const from = dragged()
          if (from !== null) {
            turnBy((event.clientX - from.x) * DRAG_TURN, (event.clientY - from.y) * DRAG_TURN)
            setDragged({ x: event.clientX, y: event.clientY })
            return
          }
          const box = event.currentTarget.getBoundingClientRect()
          setPointed(pointAt(seen(), drawn(), event.clientX - box.left, event.clientY - box.top, REACH))
        }}
        onPointerUp={() => setDragged(null)}
        onPointerCancel={() => setDragged(null)}
        onPointerLeave={() => setPointed(null)}
      >
        <canvas ref={(element) => (canvas = element)} aria-hidden="true" />
        <svg aria-hidden="true" width={size().width} height={size().height} />
        <Show when={pointed() !== null}>
          <PlotTip
            x={seen().x[pointed() ?? 0] ?? 0}
            y={seen().y[pointed() ?? 0] ?? 0}
            isLeft={(seen().x[pointed() ?? 0] ?? 0) > size().width / 2}
          >
            {words(pointed() ?? 0)}
          </PlotTip>
        </Show>
      </div>
      <ClassLegend
        label="Labels"
        entries={classes().map((name, index) => ({ name, color: classColor(index), rest: '' }))}
        hidden={props.hidden}
        onToggle={props.onToggle}
      />
      <p class="embedding-cloud-receipt">{props.receipt}</p>
    </div>
  )
}
