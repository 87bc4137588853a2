import type { ChartColors } from '../chart-colors.ts'
import { traceDot, type Stroke } from '../dashes.ts'
import type { ScatterLayout } from './create-scatter-layout.ts'

/** Steps: each place is reached at its x. */
export interface StepLine {
  readonly x: Float64Array
  readonly y: Float64Array
}

/** Paints the grid, a line of steps under the dots, and the dots, on a canvas that is empty. */
export function paintScatter(
  context: CanvasRenderingContext2D,
  layout: ScatterLayout,
  colors: ChartColors,
  colorOf: (dot: number) => string,
  strokeOf: (dot: number) => Stroke,
  line: StepLine | undefined,
): void {
  paintGrid(context, layout, colors)
  if (line !== undefined) traceSteps(context, layout, colors, line)
  const isMany = layout.isMany()
  const radius = layout.radius()
  context.globalAlpha = isMany ? 0.6 : 0.9
  for (const dot of layout.order()) {
    const [x, y] = layout.placeOf(dot)
    context.fillStyle = colorOf(dot)
    if (isMany) {
      context.fillRect(x - 1.5, y - 1.5, 3, 3)
      continue
    }
    traceDot(context, strokeOf(dot), x, y, radius)
    context.fill('evenodd')
  }
  context.globalAlpha = 1
}

/** A ring around a dot; none around one that is nowhere. */
export function ringDot(
  context: CanvasRenderingContext2D,
  layout: ScatterLayout,
  colors: ChartColors,
  dot: number | null,
): void {
  if (dot === null || !layout.order().includes(dot)) return
  const [x, y] = layout.placeOf(dot)
  context.strokeStyle = colors.ink
  context.lineWidth = 1.5
  context.beginPath()
  context.arc(x, y, layout.radius() + 3, 0, 2 * Math.PI)
  context.stroke()
}

function paintGrid(
  context: CanvasRenderingContext2D,
  { ticksY, top, start, plotWidth }: ScatterLayout,
  colors: ChartColors,
): void {
  context.strokeStyle = colors.grid
  context.beginPath()
  for (const { part } of ticksY()) {
    const y = Math.round(top(part)) + 0.5
    context.moveTo(start(), y)
    context.lineTo(start() + plotWidth(), y)
  }
  context.stroke()
}

function traceSteps(
  context: CanvasRenderingContext2D,
  { left, top, scaleX, scaleY }: ScatterLayout,
  colors: ChartColors,
  { x, y }: StepLine,
): void {
  context.strokeStyle = colors.ink
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
