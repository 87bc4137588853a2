import { lowerBound } from '../../model/sorted.ts'
import type { ChartLine } from './chart-line.ts'
import { toPixel, xPixels, yPixels, type AxisPixels, type PlotArea } from './plot-area.ts'

/** What of the lines is nearest to a pointer. */
export interface LinePick {
  readonly line: ChartLine
  /** Where the entry lies. */
  readonly x: number
  /** What is drawn there: where the line runs, or the end of what its bucket spans. */
  readonly value: number
}

/** How near the pointer has to be. Unit: CSS pixels. */
const REACH = 12

interface Pixels {
  readonly x: AxisPixels
  readonly y: AxisPixels
  readonly area: PlotArea
  /** Where the pointer is, and how far it reaches. Unit: canvas pixels. */
  readonly px: number
  readonly py: number
  readonly reach: number
}

/**
 * The line at a place of the plot, and the value of it that is drawn there; null where none is within reach.
 *
 * A spike is found at its tip, whatever the line does at the step under the pointer. Unit of `left` and `top`: CSS pixels
 * from the edges of the plot. Cost: linear in the entries within reach of x.
 */
export function pickLine(
  lines: readonly ChartLine[],
  area: PlotArea,
  left: number,
  top: number,
): LinePick | null {
  const pixels: Pixels = {
    x: xPixels(area),
    y: yPixels(area),
    area,
    px: area.left + left * area.ratio,
    py: area.top + top * area.ratio,
    reach: REACH * area.ratio,
  }
  let nearest: LinePick | null = null
  let distance = pixels.reach
  for (const line of lines) {
    for (const found of [nearestOfLine(line, pixels), nearestTip(line, pixels)]) {
      if (found === null || found.away > distance) continue
      nearest = { line, x: found.x, value: found.value }
      distance = found.away
    }
  }
  return nearest
}

interface Found {
  readonly away: number
  readonly x: number
  readonly value: number
}

/** On the way between two entries; the nearer of them tells the value. */
function nearestOfLine(line: ChartLine, pixels: Pixels): Found | null {
  const { px, py, reach } = pixels
  const { x, mean } = line.smoothed ?? line
  const place = (index: number): readonly [number, number] => [
    toPixel(pixels.x, x[index] ?? 0),
    toPixel(pixels.y, mean[index] ?? 0),
  ]
  let nearest: Found | null = null
  const first = Math.max(0, firstFrom(x, pixels.x, px - reach) - 1)
  for (let index = first; index < x.length; index += 1) {
    const from = place(index)
    if (from[0] > px + reach) break
    const to = index + 1 < x.length ? place(index + 1) : from
    const { away, part } = toSegment(px, py, from, to)
    if (nearest !== null && away >= nearest.away) continue
    const at = part > 0.5 ? index + 1 : index
    nearest = { away, x: x[at] ?? 0, value: mean[at] ?? 0 }
  }
  return nearest
}

/** The ends of what buckets span. */
function nearestTip({ raw, x, min, max }: ChartLine, pixels: Pixels): Found | null {
  if (raw) return null
  const { area, px, py, reach } = pixels
  let nearest: Found | null = null
  for (let index = firstFrom(x, pixels.x, px - reach); index < x.length; index += 1) {
    const left = toPixel(pixels.x, x[index] ?? 0)
    if (left > px + reach) break
    for (const value of [max[index] ?? 0, min[index] ?? 0]) {
      const height = toPixel(pixels.y, value)
      if (height < area.top || height > area.top + area.height) continue
      const away = Math.hypot(left - px, height - py)
      if (nearest === null || away < nearest.away) nearest = { away, x: x[index] ?? 0, value }
    }
  }
  return nearest
}

/** The first entry that is not left of a pixel. */
function firstFrom(x: Float64Array, axis: AxisPixels, pixel: number): number {
  const measure = (pixel - axis.offset) / axis.factor
  return lowerBound(x, axis.isLog ? Math.exp(measure) : measure)
}

/** How far a place is from a segment, and at which part of it. */
function toSegment(
  px: number,
  py: number,
  from: readonly [number, number],
  to: readonly [number, number],
): { readonly away: number; readonly part: number } {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : ((px - from[0]) * dx + (py - from[1]) * dy) / length
  const part = Math.min(1, Math.max(0, along))
  return { away: Math.hypot(from[0] + part * dx - px, from[1] + part * dy - py), part }
}
