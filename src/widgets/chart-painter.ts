import type { ChartColors } from './chart-colors.ts'
import { entriesInRange, lineSegments, type ChartLine } from './chart-line.ts'
import { LEAST, xPixels, xToPixel, yPixels, yToPixel, type PlotArea } from './plot-area.ts'
import { lowerBound } from '../model/sorted.ts'

const LINE_WIDTH = 1.4
const HIGHLIGHTED_WIDTH = 2.2
const FINE_WIDTH = 1
/** A line behind its smoothed one. */
const BEHIND_SMOOTHED_ALPHA = 0.28
const ENVELOPE_ALPHA = 0.15
/** The rim of the envelope: a spike one point wide has hardly any area, so its edge must be seen. */
const RIM_ALPHA = 0.45
/** Raw points at least this far apart are dotted, so that one sees what was logged and what is drawn between. */
const DOT_SPACING = 14
const DOT_RADIUS = 1.9
const MARK_SIZE = 3
/**
 * With more lines than this every place lies under many of them: filled envelopes and dashes tell nothing any more but
 * still cost most of the drawing, so envelopes keep their rims only and lines are fine and solid.
 */
const MAX_DETAILED_LINES = 24
const DASHES: readonly (readonly number[])[] = [[], [6, 3.5], [1.5, 3]]

/** `isMoving`: fast rather than fine, for a picture that is gone with the next frame. Draws envelopes, then lines, then the marks of non-finite values; the highlighted line lies on top. */
export function paintLines(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  lines: readonly ChartLine[],
  colors: ChartColors,
  highlighted: string | null,
  isMoving: boolean,
): void {
  const ordered = lines.toSorted((a, b) => Number(a.id === highlighted) - Number(b.id === highlighted))
  context.save()
  context.beginPath()
  const room = DOT_RADIUS * area.ratio
  context.rect(area.left - room, area.top - room, area.width + 2 * room, area.height + 2 * room)
  context.clip()
  context.lineJoin = 'round'
  const isDetailed = !isMoving && lines.length <= MAX_DETAILED_LINES
  for (const line of ordered) {
    if (!line.raw)
      paintEnvelope(context, area, line, colors.series(line.color), isDetailed || line.id === highlighted)
  }
  for (const line of ordered) {
    context.globalAlpha = highlighted === null || line.id === highlighted ? 1 : 0.55
    context.setLineDash(isDetailed ? (DASHES[line.stroke] ?? []).map((length) => length * area.ratio) : [])
    context.lineWidth =
      area.ratio * (line.id === highlighted ? HIGHLIGHTED_WIDTH : isDetailed ? LINE_WIDTH : FINE_WIDTH)
    if (line.smoothed === null) paintMean(context, area, line, colors.series(line.color))
    else paintSmoothed(context, area, line, line.smoothed, colors.series(line.color))
  }
  context.globalAlpha = 1
  for (const line of ordered) paintMarks(context, area, line, colors)
  context.restore()
}

function paintEnvelope(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  line: ChartLine,
  color: string,
  isFilled: boolean,
): void {
  const { from, to } = entriesInRange(line, area.x)
  const segments = lineSegments(line, from, to)
  const fill = new Path2D()
  const rim = new Path2D()
  for (let pair = 0; pair < segments.length; pair += 2) {
    const start = segments[pair] ?? 0
    const end = segments[pair + 1] ?? 0
    trace(fill, area, line.x, line.max, start, end, 1)
    trace(rim, area, line.x, line.max, start, end, 1)
    trace(fill, area, line.x, line.min, start, end, -1)
    trace(rim, area, line.x, line.min, start, end, 1)
    fill.closePath()
    if (end - start === 1) traceSpan(rim, area, line, start)
  }
  context.globalAlpha = ENVELOPE_ALPHA
  context.fillStyle = color
  if (isFilled) fillPath(context, fill)
  context.globalAlpha = line.smoothed === null ? RIM_ALPHA : RIM_ALPHA * BEHIND_SMOOTHED_ALPHA
  context.strokeStyle = color
  context.lineWidth = 0.75 * area.ratio
  context.setLineDash([])
  context.stroke(rim)
  context.globalAlpha = 1
}

function fillPath(context: CanvasRenderingContext2D, path: Path2D): void {
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, not an array
  context.fill(path)
}

/** Appends entries to a path: forwards they start it, backwards they go on from its end. */
function trace(
  path: Path2D,
  area: PlotArea,
  x: Float64Array,
  y: Float64Array,
  start: number,
  end: number,
  direction: 1 | -1,
): void {
  // For every entry of every line: no call, and no property to look up.
  const { isLog: isLogX, offset: offsetX, factor: factorX } = xPixels(area)
  const { isLog: isLogY, offset: offsetY, factor: factorY } = yPixels(area)
  for (let count = 0; count < end - start; count += 1) {
    const index = direction === 1 ? start + count : end - 1 - count
    const atX = x[index] ?? 0
    const atY = y[index] ?? 0
    const px = offsetX + factorX * (isLogX ? Math.log(Math.max(atX, LEAST)) : atX)
    const py = offsetY + factorY * (isLogY ? Math.log(Math.max(atY, LEAST)) : atY)
    if (count === 0 && direction === 1) path.moveTo(px, py)
    else path.lineTo(px, py)
  }
}

function traceSpan(path: Path2D, area: PlotArea, line: ChartLine, index: number): void {
  const px = xToPixel(area, line.x[index] ?? 0)
  path.moveTo(px, yToPixel(area, line.min[index] ?? 0))
  path.lineTo(px, yToPixel(area, line.max[index] ?? 0))
}

/** In the width and dash set before. */
function paintMean(context: CanvasRenderingContext2D, area: PlotArea, line: ChartLine, color: string): void {
  const { from, to } = entriesInRange(line, area.x)
  const segments = lineSegments(line, from, to)
  const path = new Path2D()
  const dots = new Path2D()
  const radius = DOT_RADIUS * area.ratio
  const spacing = area.width / Math.max(1, to - from)
  const dotted = line.raw && spacing >= DOT_SPACING * area.ratio
  for (let pair = 0; pair < segments.length; pair += 2) {
    const start = segments[pair] ?? 0
    const end = segments[pair + 1] ?? 0
    trace(path, area, line.x, line.mean, start, end, 1)
    if (!dotted && end - start > 1) continue
    for (let index = start; index < end; index += 1) {
      const px = xToPixel(area, line.x[index] ?? 0)
      const py = yToPixel(area, line.mean[index] ?? 0)
      dots.moveTo(px + radius, py)
      dots.arc(px, py, radius, 0, 2 * Math.PI)
    }
  }
  context.strokeStyle = color
  context.fillStyle = color
  context.stroke(path)
  context.setLineDash([])
  fillPath(context, dots)
}

/** The line as it was logged, faint and fine, and the smoothed one over it. */
function paintSmoothed(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  line: ChartLine,
  { x, mean }: NonNullable<ChartLine['smoothed']>,
  color: string,
): void {
  const { globalAlpha, lineWidth } = context
  const dashes = context.getLineDash()
  context.globalAlpha = globalAlpha * BEHIND_SMOOTHED_ALPHA
  context.lineWidth = FINE_WIDTH * area.ratio
  paintMean(context, area, line, color)
  context.globalAlpha = globalAlpha
  context.lineWidth = lineWidth
  context.setLineDash(dashes)
  paintMean(context, area, { ...line, raw: false, x, mean, min: mean, max: mean }, color)
}

/** NaN is a cross on the x-axis, +∞ a triangle at the top, −∞ one at the bottom. */
function paintMarks(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  line: ChartLine,
  colors: ChartColors,
): void {
  const marks = line.nonFinite
  const first = lowerBound(marks.x, area.x.from)
  if (first >= marks.x.length) return
  const size = MARK_SIZE * area.ratio
  const bottom = area.top + area.height
  const crosses = new Path2D()
  const triangles = new Path2D()
  for (let index = first; index < marks.x.length; index += 1) {
    const x = marks.x[index] ?? 0
    if (x > area.x.to) break
    const px = xToPixel(area, x)
    if ((marks.nan[index] ?? 0) > 0) {
      const py = bottom - size - area.ratio
      crosses.moveTo(px - size, py - size)
      crosses.lineTo(px + size, py + size)
      crosses.moveTo(px + size, py - size)
      crosses.lineTo(px - size, py + size)
    }
    if ((marks.posInf[index] ?? 0) > 0) triangle(triangles, px, area.top + area.ratio, size, 1)
    if ((marks.negInf[index] ?? 0) > 0) triangle(triangles, px, bottom - area.ratio, size, -1)
  }
  context.strokeStyle = colors.series(line.color)
  context.fillStyle = colors.series(line.color)
  context.lineWidth = 1.4 * area.ratio
  context.stroke(crosses)
  fillPath(context, triangles)
}

/** A triangle with its tip at (x, y), pointing up for 1 and down for −1. */
function triangle(path: Path2D, x: number, y: number, size: number, direction: 1 | -1): void {
  path.moveTo(x, y)
  path.lineTo(x + size, y + 2 * size * direction)
  path.lineTo(x - size, y + 2 * size * direction)
  path.closePath()
}
