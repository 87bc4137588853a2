import { createMemo, Show } from 'solid-js'
import type { ScatterContent } from '../../model/media-content/scatter-content.ts'
import type { ChartColors } from '../chart-colors.ts'
import { formatPlural } from '../number-format.ts'
import { classColor } from './class-colors.ts'
import { ClassLegend } from './class-legend.tsx'
import { extentOf, numberScale, padded } from './number-scale.ts'
import { PlotFrame, type PlotRoom } from './plot-frame.tsx'
import './scatter-dots.css'

interface ScatterDotsProps {
  readonly content: ScatterContent
  readonly label: string
  readonly hidden: ReadonlySet<string>
  onToggle(name: string): void
}

/** More dots than this are drawn small and square. */
const MANY = 2_000
/** This far from a dot it is still meant. Unit: CSS pixels. */
const REACH = 14

/** Points by x and y, coloured by class. */
export function ScatterDots(props: ScatterDotsProps) {
  const x = createMemo(() => numberScale(...padded(extentOf([props.content.x]))))
  const y = createMemo(() => numberScale(...padded(extentOf([props.content.y]))))
  const className = (point: number): string => props.content.classes[props.content.classOf[point] ?? -1] ?? ''
  const colorOf = (point: number): string => classColor(Math.max(0, props.content.classOf[point] ?? 0))
  /** Those that are drawn, from left to right. */
  const points = createMemo(() => {
    const { x, y } = props.content
    return Uint32Array.from({ length: x.length }, (_, point) => point)
      .filter(
        (point) =>
          Number.isFinite(x[point]) && Number.isFinite(y[point]) && !props.hidden.has(className(point)),
      )
      .toSorted((a, b) => (x[a] ?? 0) - (x[b] ?? 0))
  })
  /** Points that have no place. */
  const left = createMemo(() => {
    const { x, y } = props.content
    return x.filter((value, point) => !Number.isFinite(value) || !Number.isFinite(y[point])).length
  })
  const paint = createMemo(() => {
    const drawn = points()
    const { x, y } = props.content
    return (context: CanvasRenderingContext2D, room: PlotRoom, colors: ChartColors) => {
      context.globalAlpha = drawn.length > MANY ? 0.6 : 0.85
      for (const point of drawn) {
        const [px, py] = [room.x(x[point] ?? 0), room.y(y[point] ?? 0)]
        context.fillStyle = colors.series(colorOf(point))
        if (drawn.length > MANY) context.fillRect(px - 1.5, py - 1.5, 3, 3)
        else {
          context.beginPath()
          context.arc(px, py, 3, 0, 2 * Math.PI)
          context.fill()
        }
      }
    }
  })
  const placeOf = (index: number, room: PlotRoom): readonly [number, number] => {
    const point = points()[index] ?? 0
    return [room.x(props.content.x[point] ?? 0), room.y(props.content.y[point] ?? 0)]
  }

  return (
    <div class="scatter-dots">
      <PlotFrame
        x={x()}
        y={y()}
        xLabel={props.content.xLabel}
        yLabel={props.content.yLabel}
        label={props.label}
        count={points().length}
        words={(index) => {
          const point = points()[index] ?? 0
          const name = className(point)
          const at = `${x().format(props.content.x[point] ?? 0)}, ${y().format(props.content.y[point] ?? 0)}`
          return name === '' ? at : `${name}: ${at}`
        }}
        placeOf={placeOf}
        find={(px, py, room) => {
          let found: number | null = null
          let least = REACH ** 2
          points().forEach((_, index) => {
            const [left, top] = placeOf(index, room)
            const distance = (left - px) ** 2 + (top - py) ** 2
            if (distance >= least) return
            least = distance
            found = index
          })
          return found
        }}
        paint={paint()}
      />
      <Show when={left() > 0}>
        <p class="scatter-dots-left">
          {formatPlural(left(), 'point')} left out: no finite number for both x and y
        </p>
      </Show>
      <ClassLegend
        label="Classes"
        entries={props.content.classes.map((name, index) => ({ name, color: classColor(index), rest: '' }))}
        hidden={props.hidden}
        onToggle={props.onToggle}
      />
    </div>
  )
}
