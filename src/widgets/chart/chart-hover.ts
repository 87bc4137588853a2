import type { ChartColors } from '../chart-colors.ts'
import type { ChartLine } from './chart-line.ts'
import { paintLines } from './chart-painter.ts'
import { xToPixel, yToPixel, type PlotArea } from './plot-area.ts'
import type { Reading } from './chart-readout.ts'

const DOT_RADIUS = 3

/** What moves over the curves. */
export interface Hover {
  /** Of the shared cursor. */
  readonly x: number | null
  readonly readings: readonly Reading[]
  /** The lines of the run that is pointed at. */
  readonly raised: readonly ChartLine[]
}

/**
 * Draws the lines of what is pointed at over all others, the shared cursor, and a dot on every line at it: on a canvas of its
 * own, so that no other curve is drawn again.
 */
export function paintHover(
  canvas: HTMLCanvasElement,
  area: PlotArea,
  { x, readings, raised }: Hover,
  colors: ChartColors,
): void {
  const context = canvas.getContext('2d')
  if (context === null) return
  context.clearRect(0, 0, canvas.width, canvas.height)
  if (raised.length > 0) paintLines(context, area, raised, colors, new Set(raised.map(({ id }) => id)))
  if (x === null || x < area.x.from || x > area.x.to) return
  const px = Math.round(xToPixel(area, x)) + 0.5
  context.strokeStyle = colors.axis
  context.lineWidth = area.ratio
  context.beginPath()
  context.moveTo(px, area.top)
  context.lineTo(px, area.top + area.height)
  context.stroke()
  for (const reading of readings) {
    if (reading.nonFinite !== '' || Number.isNaN(reading.drawn)) continue
    const py = yToPixel(area, reading.drawn)
    const dotX = xToPixel(area, reading.x)
    if (py < area.top || py > area.top + area.height || dotX < area.left || dotX > area.left + area.width)
      continue
    context.beginPath()
    context.arc(dotX, py, DOT_RADIUS * area.ratio, 0, 2 * Math.PI)
    context.fillStyle = colors.series(reading.line.color)
    context.fill()
    context.strokeStyle = colors.surface
    context.lineWidth = 1.5 * area.ratio
    context.stroke()
  }
}
