import { LEAST } from '../ticks/axis-places.ts'
import { xPixels, yPixels, type PlotArea } from './plot-area.ts'
import { LinePixels, type LineStroke } from './line-pixels.ts'

/** Places of a line. Shape: one y per x, x ascending; drawn in parts, half-open index pairs [start, end, start, end, …]. */
export interface PenPath {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly parts: readonly number[]
}

/** Draws lines into a plot. */
export interface LinePen {
  /** In one stroke: where they meet they are not seen through twice. */
  lines(paths: readonly PenPath[], stroke: LineStroke): void
  /** Fills what lies between two lines over the same x. */
  band(from: PenPath, to: PenPath, color: string, alpha: number): void
  /** Nothing is sure to be seen before. */
  finish(): void
}

/** The strokes of a canvas: exact, and their cost is that of their vertices. */
export function makePathPen(context: CanvasRenderingContext2D, area: PlotArea): LinePen {
  context.lineJoin = 'round'

  function tracePart(drawn: Path2D, path: PenPath, pair: number): void {
    const count = placePart(area, path, pair)
    for (let at = 0; at < count; at += 1) {
      if (at === 0) drawn.moveTo(placedX[0] ?? 0, placedY[0] ?? 0)
      else drawn.lineTo(placedX[at] ?? 0, placedY[at] ?? 0)
    }
  }

  return {
    lines(paths, stroke) {
      const drawn = new Path2D()
      for (const path of paths) {
        for (let pair = 0; pair < path.parts.length; pair += 2) tracePart(drawn, path, pair)
      }
      context.globalAlpha = stroke.alpha
      context.strokeStyle = stroke.color
      context.lineWidth = stroke.width
      context.setLineDash([...stroke.dash])
      context.stroke(drawn)
    },
    band(from, to, color, alpha) {
      const drawn = new Path2D()
      for (let pair = 0; pair < to.parts.length; pair += 2) {
        tracePart(drawn, to, pair)
        const count = placePart(area, from, pair)
        for (let at = count - 1; at >= 0; at -= 1) drawn.lineTo(placedX[at] ?? 0, placedY[at] ?? 0)
        drawn.closePath()
      }
      context.globalAlpha = alpha
      context.fillStyle = color
      fillPath(context, drawn)
    },
    finish() {},
  }
}

export function fillPath(context: CanvasRenderingContext2D, path: Path2D): void {
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, not an array
  context.fill(path)
}

/** Lines in memory, copied onto the canvas at the end: their cost is that of the pixels they cover. */
export function makePixelPen(context: CanvasRenderingContext2D, area: PlotArea): LinePen {
  const [left, top] = [Math.round(area.left), Math.round(area.top)]
  const sheet = takeSheet(Math.round(area.width), Math.round(area.height))
  const { pixels } = sheet
  const inside: PlotArea = { ...area, left: area.left - left, top: area.top - top }

  function addLine(path: PenPath): void {
    for (let pair = 0; pair < path.parts.length; pair += 2) {
      const count = placePart(inside, path, pair)
      pixels.line(placedX, placedY, count)
    }
  }

  return {
    lines(paths, stroke) {
      for (const path of paths) {
        pixels.begin()
        addLine(path)
        pixels.stroke(stroke)
      }
    },
    band(from, to, color, alpha) {
      pixels.begin()
      addLine(from)
      addLine(to)
      pixels.fill(color, alpha)
    },
    finish() {
      pixels.take(sheet.words)
      sheet.context.putImageData(sheet.image, 0, 0)
      context.globalAlpha = 1
      context.drawImage(sheet.canvas, left, top)
    },
  }
}

interface Sheet {
  readonly pixels: LinePixels
  readonly canvas: OffscreenCanvas
  readonly context: OffscreenCanvasRenderingContext2D
  readonly image: ImageData
  /** The pixels of the image. */
  readonly words: Uint32Array
}

/** Charts of one page have few sizes. */
const MAX_SHEETS = 4
const sheets: Sheet[] = []

function takeSheet(width: number, height: number): Sheet {
  const kept = sheets.find(({ pixels }) => pixels.width === width && pixels.height === height)
  if (kept !== undefined) return kept
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('This browser gives no canvas to draw on.')
  const image = new ImageData(width, height)
  const words = new Uint32Array(image.data.buffer)
  const sheet = { pixels: new LinePixels(width, height), canvas, context, image, words }
  sheets.unshift(sheet)
  sheets.length = Math.min(sheets.length, MAX_SHEETS)
  return sheet
}

/** The places of the latest part in pixels. */
let placedX = new Float64Array(0)
let placedY = new Float64Array(0)

/** Turns the part at `parts[pair]` into pixels. Returns how many places it has. */
function placePart(area: PlotArea, { x, y, parts }: PenPath, pair: number): number {
  const start = parts[pair] ?? 0
  const count = (parts[pair + 1] ?? 0) - start
  if (placedX.length < count) {
    placedX = new Float64Array(2 * count)
    placedY = new Float64Array(2 * count)
  }
  // For every entry of every line: no call, and no property to look up.
  const { isLog: isLogX, offset: offsetX, factor: factorX } = xPixels(area)
  const { isLog: isLogY, offset: offsetY, factor: factorY } = yPixels(area)
  for (let at = 0; at < count; at += 1) {
    const atX = x[start + at] ?? 0
    const atY = y[start + at] ?? 0
    placedX[at] = offsetX + factorX * (isLogX ? Math.log(Math.max(atX, LEAST)) : atX)
    placedY[at] = offsetY + factorY * (isLogY ? Math.log(Math.max(atY, LEAST)) : atY)
  }
  return count
}
