import type { ChartColors } from '../chart-colors.ts'
import { dashOf } from '../dashes.ts'
import { entriesInRange, lineSegments, type ChartLine } from './chart-line.ts'
import { fillPath, makePathPen, makePixelPen, type LinePen, type PenPath } from './line-pen.ts'
import type { LineStroke } from './line-pixels.ts'
import { xToPixel, yToPixel, type PlotArea } from './plot-area.ts'
import { lowerBound } from '../../model/sorted.ts'

const LINE_WIDTH = 1.4
const HIGHLIGHTED_WIDTH = 2.2
const FINE_WIDTH = 1
/** Unit: CSS pixels. */
const FORK_RADIUS = 3.5
/** A line behind its smoothed one. */
const BEHIND_SMOOTHED_ALPHA = 0.28
const ENVELOPE_ALPHA = 0.15
/** The rim of the envelope: a spike one point wide has hardly any area, so its edge must be seen. */
const RIM_ALPHA = 0.45
const RIM_WIDTH = 0.75
/** Raw points at least this far apart are dotted, so that one sees what was logged and what is drawn between. */
const DOT_SPACING = 14
const DOT_RADIUS = 1.9
const MARK_SIZE = 3
/** An earlier lap of a run, beside its newest. */
const PAST_ALPHA = 0.5
/**
 * With more lines than this every place lies under many of them: filled envelopes tell nothing any more but still cost
 * most of the drawing, so envelopes keep their rims only and lines are fine. They keep their dashes: of three runs of
 * one colour nothing else tells which line is whose.
 */
const MAX_DETAILED_LINES = 24

/**
 * With more entries than this in view the strokes of a canvas do not keep up with a range that is dragged; then lines
 * are drawn by pixels. Measured for 20 lines with envelopes, 364 pixels wide, on two cores without a graphics card: 13 ms
 * a frame by strokes, 6 ms by pixels.
 */
const MAX_STROKED_ENTRIES = 2_000

/** Draws envelopes, then lines, then the marks of non-finite values; highlighted lines lie on top. */
export function paintLines(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  lines: readonly ChartLine[],
  colors: ChartColors,
  highlighted: ReadonlySet<string>,
): void {
  const ordered = lines
    .toSorted((a, b) => Number(highlighted.has(a.id)) - Number(highlighted.has(b.id)))
    .map((line) => ({ line, parts: partsInRange(line, area) }))
  context.save()
  context.beginPath()
  const room = DOT_RADIUS * area.ratio
  context.rect(area.left - room, area.top - room, area.width + 2 * room, area.height + 2 * room)
  context.clip()
  const entries = ordered.reduce((sum, { parts }) => sum + countEntries(parts), 0)
  const pen = entries > MAX_STROKED_ENTRIES ? makePixelPen(context, area) : makePathPen(context, area)
  const isDetailed = lines.length <= MAX_DETAILED_LINES
  const alphaOf = (line: ChartLine): number =>
    (highlighted.size === 0 || highlighted.has(line.id) ? 1 : 0.55) * (line.isPast === true ? PAST_ALPHA : 1)
  for (const { line, parts } of ordered) {
    if (!line.raw)
      paintEnvelope(pen, area, line, parts, colors.series(line.color), isDetailed || highlighted.has(line.id))
  }
  for (const { line, parts } of ordered) {
    const style: LineStroke = {
      color: colors.series(line.color),
      alpha: alphaOf(line),
      width:
        area.ratio * (highlighted.has(line.id) ? HIGHLIGHTED_WIDTH : isDetailed ? LINE_WIDTH : FINE_WIDTH),
      dash: dashOf(line.stroke).map((length) => length * area.ratio),
    }
    const { x, mean, smoothed } = line
    if (smoothed === null) pen.lines([{ x, y: mean, parts }], style)
    else {
      // The line as it was logged, faint and fine, and the smoothed one over it.
      const faint = {
        ...style,
        alpha: style.alpha * BEHIND_SMOOTHED_ALPHA,
        width: FINE_WIDTH * area.ratio,
        dash: [],
      }
      pen.lines([{ x, y: mean, parts }], faint)
      const smoothedParts = partsInRange({ x: smoothed.x, nonFinite: line.nonFinite }, area)
      pen.lines([{ x: smoothed.x, y: smoothed.mean, parts: smoothedParts }], style)
    }
  }
  pen.finish()
  for (const { line, parts } of ordered)
    paintDots(context, area, line, parts, colors.series(line.color), alphaOf(line))
  context.globalAlpha = 1
  context.setLineDash([])
  for (const { line } of ordered) {
    paintMarks(context, area, line, colors)
    paintFork(context, area, line, colors)
  }
  context.restore()
}

/** The entries in view, cut where a value is no number. Shape: half-open index pairs. */
function partsInRange(line: Pick<ChartLine, 'x' | 'nonFinite'>, area: PlotArea): readonly number[] {
  const { from, to } = entriesInRange(line, area.x)
  return lineSegments(line, from, to)
}

function paintEnvelope(
  pen: LinePen,
  area: PlotArea,
  line: ChartLine,
  parts: readonly number[],
  color: string,
  isFilled: boolean,
): void {
  const { x } = line
  const top = { x, y: line.max, parts }
  const bottom = { x, y: line.min, parts }
  if (isFilled) pen.band(bottom, top, color, ENVELOPE_ALPHA)
  pen.lines([top, bottom, spansOfSingles(line, parts)], {
    color,
    alpha: line.smoothed === null ? RIM_ALPHA : RIM_ALPHA * BEHIND_SMOOTHED_ALPHA,
    width: RIM_WIDTH * area.ratio,
    dash: [],
  })
}

/** The entries of one bucket alone: upright, from the least to the greatest value. */
function spansOfSingles(line: ChartLine, parts: readonly number[]): PenPath {
  const singles = singlesOf(parts)
  return {
    x: Float64Array.from(singles.flatMap((index) => [line.x[index] ?? 0, line.x[index] ?? 0])),
    y: Float64Array.from(singles.flatMap((index) => [line.min[index] ?? 0, line.max[index] ?? 0])),
    parts: singles.flatMap((_, at) => [2 * at, 2 * at + 2]),
  }
}

/** The parts of one entry, between two holes: there is no line to be seen. */
function singlesOf(parts: readonly number[]): readonly number[] {
  const singles: number[] = []
  for (let pair = 0; pair < parts.length; pair += 2) {
    const start = parts[pair] ?? 0
    if ((parts[pair + 1] ?? 0) - start === 1) singles.push(start)
  }
  return singles
}

/** Raw points far apart, and entries without a line. */
function paintDots(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  line: ChartLine,
  parts: readonly number[],
  color: string,
  alpha: number,
): void {
  const isDotted = line.raw && area.width >= DOT_SPACING * area.ratio * Math.max(1, countEntries(parts))
  const indices = isDotted ? indicesOf(parts) : singlesOf(parts)
  if (indices.length === 0) return
  const dots = new Path2D()
  const radius = DOT_RADIUS * area.ratio
  for (const index of indices) {
    const px = xToPixel(area, line.x[index] ?? 0)
    const py = yToPixel(area, line.mean[index] ?? 0)
    dots.moveTo(px + radius, py)
    dots.arc(px, py, radius, 0, 2 * Math.PI)
  }
  context.globalAlpha = alpha
  context.fillStyle = color
  fillPath(context, dots)
}

function countEntries(parts: readonly number[]): number {
  let count = 0
  for (let pair = 0; pair < parts.length; pair += 2) count += (parts[pair + 1] ?? 0) - (parts[pair] ?? 0)
  return count
}

function indicesOf(parts: readonly number[]): readonly number[] {
  const indices: number[] = []
  for (let pair = 0; pair < parts.length; pair += 2)
    for (let index = parts[pair] ?? 0; index < (parts[pair + 1] ?? 0); index += 1) indices.push(index)
  return indices
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

/** A ring where a line goes on from another run's points. */
function paintFork(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  { forkedAt, x, mean, color }: ChartLine,
  colors: ChartColors,
): void {
  if (forkedAt === undefined || x.length === 0) return
  if (forkedAt < area.x.from || forkedAt > area.x.to) return
  const index = Math.min(x.length - 1, lowerBound(x, forkedAt))
  const ring = new Path2D()
  const py = yToPixel(area, mean[index] ?? 0)
  ring.arc(xToPixel(area, forkedAt), py, FORK_RADIUS * area.ratio, 0, 2 * Math.PI)
  context.fillStyle = colors.surface
  context.strokeStyle = colors.series(color)
  context.lineWidth = LINE_WIDTH * area.ratio
  fillPath(context, ring)
  context.stroke(ring)
}

/** A triangle with its tip at (x, y), pointing up for 1 and down for −1. */
function triangle(path: Path2D, x: number, y: number, size: number, direction: 1 | -1): void {
  path.moveTo(x, y)
  path.lineTo(x + size, y + 2 * size * direction)
  path.lineTo(x - size, y + 2 * size * direction)
  path.closePath()
}
