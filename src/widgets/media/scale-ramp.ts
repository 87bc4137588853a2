import { placeToPart } from '../ticks/axis-places.ts'
import type { ChartColors } from '../chart-colors.ts'
import { parseColor, type Rgb } from '../parse-color.ts'

/** Colours of the ramp. */
export const RAMP_COLORS = 256

/** The scale of the palette as many colours from small to large. Shape: red, green and blue of each. */
export function scaleRamp(colors: ChartColors): Uint8ClampedArray {
  const stops = Array.from({ length: 8 }, (_, index) => parseColor(colors.series(`scale-${index + 1}`)))
  const ramp = new Uint8ClampedArray(3 * RAMP_COLORS)
  for (let step = 0; step < RAMP_COLORS; step += 1) {
    const place = (step / (RAMP_COLORS - 1)) * (stops.length - 1)
    const from = Math.min(stops.length - 2, Math.floor(place))
    const [low, high] = [stops[from], stops[from + 1]]
    if (low !== undefined && high !== undefined) ramp.set(mixed(low, high, place - from), 3 * step)
  }
  return ramp
}

function mixed(low: Rgb, high: Rgb, part: number): Rgb {
  const mix = (channel: 0 | 1 | 2): number => low[channel] + (high[channel] - low[channel]) * part
  return [mix(0), mix(1), mix(2)]
}

/** A picture of a table of values, a pixel each, the last row at the bottom; what is not finite is left out. */
export function paintCells(
  values: ArrayLike<number>,
  rows: number,
  columns: number,
  [min, max]: readonly [number, number],
  ramp: Uint8ClampedArray,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = columns
  canvas.height = rows
  const context = canvas.getContext('2d')
  const picture = context?.createImageData(columns, rows)
  if (context === null || picture === undefined) return canvas
  for (let cell = 0; cell < rows * columns; cell += 1) {
    const value = values[cell] ?? Number.NaN
    if (!Number.isFinite(value)) continue
    const part = min < max ? Math.min(1, Math.max(0, placeToPart(value, min, max, 'linear'))) : 0
    const color = 3 * Math.round(part * (RAMP_COLORS - 1))
    picture.data.set(ramp.subarray(color, color + 3), 4 * cell)
    picture.data[4 * cell + 3] = 255
  }
  context.putImageData(picture, 0, 0)
  return canvas
}
