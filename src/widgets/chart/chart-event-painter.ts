import type { ChartColors } from '../chart-colors.ts'
import { eventsWithin, type ChartEvents } from './chart-event.ts'
import { fillPath } from './line-pen.ts'
import { toPixel, xPixels, type PlotArea } from './plot-area.ts'

const SHADE_ALPHA = 0.13
/** What lasted for no step is seen all the same. Unit: CSS pixels. */
const LEAST_SHADE = 2
/** The foot of a shade in the colour of its run, and the tick of a moment. Unit: CSS pixels. */
const FOOT_HEIGHT = 2
const TICK_HEIGHT = 7
const TICK_WIDTH = 1.5

/**
 * Shades what lasted, once where several overlap, with a foot in the colour of the run; a moment is a tick on the x-axis.
 *
 * Cost: what is in view; at most one shape a pixel, a colour and a kind is drawn.
 */
export function paintEvents(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  events: ChartEvents,
  colors: ChartColors,
): void {
  const shown = eventsWithin(events, area.x.from, area.x.to)
  if (shown.length === 0) return
  const { left, top, width, height, ratio } = area
  const [right, bottom] = [left + width, top + height]
  const axis = xPixels(area)
  const shades = new Path2D()
  const marks = new Map<string, { readonly path: Path2D; reached: number }>()
  let shaded = left

  function markOf(color: string): { readonly path: Path2D; reached: number } {
    const known = marks.get(color)
    if (known !== undefined) return known
    const made = { path: new Path2D(), reached: Number.NEGATIVE_INFINITY }
    marks.set(color, made)
    return made
  }

  for (const { from, until, color, isBad } of shown) {
    const start = Math.max(left, toPixel(axis, from))
    const mark = markOf(isBad ? colors.bad : colors.series(color))
    if (until === null) {
      // Spans come first: a tick may stand on the foot of one, but not where another tick stands.
      const place = Math.round(start) + 0.25 * ratio
      if (place === mark.reached) continue
      mark.path.rect(
        place - (TICK_WIDTH * ratio) / 2,
        bottom - TICK_HEIGHT * ratio,
        TICK_WIDTH * ratio,
        TICK_HEIGHT * ratio,
      )
      mark.reached = place
      continue
    }
    const end = Math.min(right, Math.max(toPixel(axis, until), start + LEAST_SHADE * ratio))
    const unshaded = Math.max(start, shaded)
    if (end > unshaded) {
      shades.rect(unshaded, top, end - unshaded, height)
      shaded = end
    }
    const bare = Math.max(start, mark.reached)
    if (end <= bare) continue
    mark.path.rect(bare, bottom - FOOT_HEIGHT * ratio, end - bare, FOOT_HEIGHT * ratio)
    mark.reached = end
  }
  context.save()
  context.fillStyle = colors.axis
  context.globalAlpha = SHADE_ALPHA
  fillPath(context, shades)
  context.globalAlpha = 1
  for (const [color, { path }] of marks) {
    context.fillStyle = color
    fillPath(context, path)
  }
  context.restore()
}
