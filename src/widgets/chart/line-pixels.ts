import { parseColor } from '../parse-color.ts'

/** A colour as a pixel, and with its parts spread over two words, so that two are weighed in one multiplication. */
interface Ink {
  readonly pixel: number
  readonly blueRed: number
  readonly alphaGreen: number
}

const SPREAD = 0xff00ff
/** Alpha is counted in so many parts: a power of two divides by a shift. */
const OPAQUE = 256
/** Less is not seen. */
const FAINTEST = 2

/** How a line is drawn. Unit: canvas pixels. */
export interface LineStroke {
  /** `rgb(1, 2, 3)` or `#rrggbb`. */
  readonly color: string
  /** 0 to 1. */
  readonly alpha: number
  readonly width: number
  /** Lengths of strokes and gaps along x; empty for a solid line. */
  readonly dash: readonly number[]
}

/**
 * A picture in memory for lines that are denser than its pixels, where the strokes of a canvas cost most of a frame.
 *
 * A line is at most one upright span in every column of pixels: from its lowest to its highest place there, with soft
 * ends. So a vertex costs a few additions instead of the geometry of its joins, and an extreme is never lost.
 */
export class LinePixels {
  readonly width: number
  readonly height: number
  /** Column by column, as they are painted; premultiplied, as bytes red, green, blue, alpha. */
  readonly #pixels: Int32Array
  /** Where the line that is drawn runs in every column; lowest above highest where it does not. */
  readonly #top: Float64Array
  readonly #bottom: Float64Array
  #first = 0
  #last = -1

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.#pixels = new Int32Array(width * height)
    this.#top = new Float64Array(width)
    this.#bottom = new Float64Array(width)
    this.begin()
  }

  /** Empties the columns, for the next line. */
  begin(): void {
    this.#top.fill(Number.POSITIVE_INFINITY)
    this.#bottom.fill(Number.NEGATIVE_INFINITY)
    this.#first = this.width
    this.#last = -1
  }

  /**
   * Adds `count` places, each joined to the one before. Shape: x ascending. Unit: pixels from the top left corner.
   *
   * Cost: some nanoseconds a place; what lies in one column is kept in registers until it is left.
   */
  line(x: Float64Array, y: Float64Array, count: number): void {
    if (count === 0) return
    let x0 = x[0] ?? 0
    let y0 = y[0] ?? 0
    let column = Math.floor(x0)
    let top = y0
    let bottom = y0
    for (let at = 1; at < count; at += 1) {
      const x1 = x[at] ?? 0
      const y1 = y[at] ?? 0
      const to = Math.floor(x1)
      if (to === column) {
        top = Math.min(top, y1)
        bottom = Math.max(bottom, y1)
      } else {
        const perPixel = 1 / (x1 - x0)
        // Two places may lie so close on either side of an edge that this is infinite.
        const rise = y1 - y0
        let edge = y0 + rise * Math.min(1, (column + 1 - x0) * perPixel)
        this.#include(column, Math.min(top, edge), Math.max(bottom, edge))
        const last = Math.min(to, this.width)
        for (column = Math.max(column + 1, 0); column < last; column += 1) {
          edge = y0 + rise * Math.min(1, (column - x0) * perPixel)
          const next = y0 + rise * Math.min(1, (column + 1 - x0) * perPixel)
          this.#include(column, Math.min(edge, next), Math.max(edge, next))
        }
        column = to
        edge = y0 + rise * Math.min(1, (column - x0) * perPixel)
        top = Math.min(edge, y1)
        bottom = Math.max(edge, y1)
      }
      x0 = x1
      y0 = y1
    }
    this.#include(column, top, bottom)
  }

  #include(column: number, top: number, bottom: number): void {
    if (column < 0 || column >= this.width) return
    this.#top[column] = Math.min(this.#top[column] ?? 0, top)
    this.#bottom[column] = Math.max(this.#bottom[column] ?? 0, bottom)
    if (column < this.#first) this.#first = column
    if (column > this.#last) this.#last = column
  }

  /** Draws the line of the columns. */
  stroke({ color, alpha, width, dash }: LineStroke): void {
    const ink = inkOf(color)
    // Finer than a pixel is a pixel that is seen through.
    const thick = Math.max(1, width)
    const part = Math.round(OPAQUE * alpha * Math.min(1, width))
    // A column is one pixel wide; the rest of the width reaches into the columns beside it.
    const reach = (thick - 1) / 2
    const whole = Math.floor(reach)
    const soft = Math.round(part * (reach - whole))
    const beside = whole + (soft >= FAINTEST ? 1 : 0)
    const period = dash.reduce((sum, length) => sum + length, 0)
    const first = Math.max(0, this.#first - beside)
    const last = Math.min(this.width - 1, this.#last + beside)
    for (let column = first; column <= last; column += 1) {
      if (period > 0 && !isInked(dash, column % period)) continue
      let top = this.#top[column] ?? 0
      let bottom = this.#bottom[column] ?? 0
      // The area of a slanted stroke, less what its rise and its reach already cover.
      const rise = bottom - top
      const room = rise < 0 ? 0 : (thick * (Math.sqrt(1 + rise * rise) - rise)) / 2
      if (whole > 0) {
        top = this.#topAround(column, whole)
        bottom = this.#bottomAround(column, whole)
      }
      top -= room
      bottom += room
      if (top <= bottom) this.#paint(column, top, bottom, ink, part)
      if (beside > whole) this.#paintBeside(column, beside, top, bottom, ink, soft)
    }
  }

  /** What the columns around paint into one, above and below what it is painted with itself. */
  #paintBeside(column: number, reach: number, top: number, bottom: number, ink: Ink, part: number): void {
    const outerTop = this.#topAround(column, reach)
    const outerBottom = this.#bottomAround(column, reach)
    if (top > bottom) this.#paint(column, outerTop, outerBottom, ink, part)
    else {
      if (outerTop < top) this.#paint(column, outerTop, top, ink, part)
      if (outerBottom > bottom) this.#paint(column, bottom, outerBottom, ink, part)
    }
  }

  /** Fills from the highest to the lowest place in every column. */
  fill(color: string, alpha: number): void {
    const ink = inkOf(color)
    const part = Math.round(OPAQUE * alpha)
    for (let column = this.#first; column <= this.#last; column += 1)
      this.#paint(column, this.#top[column] ?? 0, this.#bottom[column] ?? 0, ink, part)
  }

  #topAround(column: number, reach: number): number {
    let top = this.#top[column] ?? Number.POSITIVE_INFINITY
    for (let away = 1; away <= reach; away += 1) {
      top = Math.min(top, this.#top[column - away] ?? top, this.#top[column + away] ?? top)
    }
    return top
  }

  #bottomAround(column: number, reach: number): number {
    let bottom = this.#bottom[column] ?? Number.NEGATIVE_INFINITY
    for (let away = 1; away <= reach; away += 1) {
      bottom = Math.max(bottom, this.#bottom[column - away] ?? bottom, this.#bottom[column + away] ?? bottom)
    }
    return bottom
  }

  /** A span of one column, its ends as faint as little of their pixel is covered. */
  #paint(column: number, top: number, bottom: number, ink: Ink, part: number): void {
    const { height } = this
    if (bottom <= 0 || top >= height || !(top < bottom)) return
    const from = top < 0 ? 0 : top
    const to = bottom > height ? height : bottom
    const firstRow = Math.floor(from)
    const lastRow = Math.ceil(to) - 1
    const start = column * height + firstRow
    if (firstRow === lastRow) {
      this.#pixels[start] = mixed(this.#pixels[start] ?? 0, ink, rounded(part * (to - from)))
      return
    }
    const end = column * height + lastRow
    const pixels = this.#pixels
    pixels[start] = mixed(pixels[start] ?? 0, ink, rounded(part * (firstRow + 1 - from)))
    pixels[end] = mixed(pixels[end] ?? 0, ink, rounded(part * (to - lastRow)))
    // Loops, for a call of `fill` costs more than most spans.
    if (part === OPAQUE) for (let at = start + 1; at < end; at += 1) pixels[at] = ink.pixel
    else for (let at = start + 1; at < end; at += 1) pixels[at] = mixed(pixels[at] ?? 0, ink, part)
  }

  /** Writes the picture as a canvas takes it, row by row and not premultiplied, and empties it. Shape: width × height. */
  take(into: Uint32Array): void {
    const { width, height } = this
    const pixels = this.#pixels
    for (let row = 0; row < height; row += 1) {
      const start = row * width
      for (let column = 0; column < width; column += 1)
        into[start + column] = unpremultiplied(pixels[column * height + row] ?? 0)
    }
    pixels.fill(0)
  }
}

/** Of what is not negative; several times as fast as `Math.round`. */
function rounded(value: number): number {
  return (value + 0.5) | 0
}

/** Ink over a pixel, both premultiplied. `part`: of `OPAQUE`. */
function mixed(before: number, { blueRed, alphaGreen }: Ink, part: number): number {
  const rest = OPAQUE - part
  const mixedBlueRed =
    ((Math.imul(blueRed, part) >>> 8) & SPREAD) + ((Math.imul(before & SPREAD, rest) >>> 8) & SPREAD)
  const mixedAlphaGreen =
    ((Math.imul(alphaGreen, part) >>> 8) & SPREAD) +
    ((Math.imul((before >>> 8) & SPREAD, rest) >>> 8) & SPREAD)
  return mixedBlueRed | (mixedAlphaGreen << 8)
}

function unpremultiplied(pixel: number): number {
  const alpha = pixel >>> 24
  if (alpha === 0 || alpha === 255) return pixel
  const scale = SCALES[alpha] ?? 0
  const red = Math.imul(pixel & 255, scale) >>> 16
  const green = Math.imul((pixel >>> 8) & 255, scale) >>> 16
  const blue = Math.imul((pixel >>> 16) & 255, scale) >>> 16
  return red | (green << 8) | (blue << 16) | (alpha << 24)
}

/** What undoes the premultiplication by an alpha, in 65,536ths. */
const SCALES = Uint32Array.from({ length: 256 }, (_, alpha) =>
  alpha === 0 ? 0 : Math.ceil((255 * 65_536) / alpha),
)

function isInked(dash: readonly number[], place: number): boolean {
  let end = 0
  for (const [index, length] of dash.entries()) {
    end += length
    if (place < end) return index % 2 === 0
  }
  return true
}

function inkOf(color: string): Ink {
  const [red, green, blue] = parseColor(color)
  const blueRed = red | (blue << 16)
  const alphaGreen = green | (255 << 16)
  return { pixel: (blueRed | (alphaGreen << 8)) >>> 0, blueRed, alphaGreen }
}
