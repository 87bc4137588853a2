import { fromScale, LEAST, pixelsPerUnit, toScale, type Scale } from '../ticks/axis-places.ts'
import type { ChartRange } from './chart-line.ts'

/** Where the plot lies on its canvas and what it shows. Unit: canvas pixels; `ratio` of them make one CSS pixel. */
export interface PlotArea {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly ratio: number
  readonly x: ChartRange
  readonly y: readonly [number, number]
  readonly xScale: Scale
  readonly yScale: Scale
}

/** A place in pixels is `offset + factor × place`, or × its logarithm where `isLog`. */
export interface AxisPixels {
  readonly isLog: boolean
  readonly offset: number
  readonly factor: number
}

export function xPixels({ left, width, x, xScale }: PlotArea): AxisPixels {
  const from = toScale(x.from, xScale)
  const factor = pixelsPerUnit(width, from, toScale(x.to, xScale))
  return { isLog: xScale === 'log', offset: left - from * factor, factor }
}

export function yPixels({ top, height, y, yScale }: PlotArea): AxisPixels {
  const low = toScale(y[0], yScale)
  const factor = -pixelsPerUnit(height, low, toScale(y[1], yScale))
  return { isLog: yScale === 'log', offset: top + height - low * factor, factor }
}

export function toPixel({ isLog, offset, factor }: AxisPixels, place: number): number {
  return offset + factor * (isLog ? Math.log(Math.max(place, LEAST)) : place)
}

export function xToPixel(area: PlotArea, x: number): number {
  return toPixel(xPixels(area), x)
}

export function yToPixel(area: PlotArea, y: number): number {
  return toPixel(yPixels(area), y)
}

/** The range `factor` times as wide on its axis, with `x` staying where it is. */
export function zoomedAt(range: ChartRange, x: number, factor: number, scale: Scale): ChartRange {
  const at = toScale(x, scale)
  const move = (end: number): number => fromScale(at + (toScale(end, scale) - at) * factor, scale)
  return { from: move(range.from), to: move(range.to) }
}

/** The range moved by a part of its width on its axis. */
export function panned(range: ChartRange, part: number, scale: Scale): ChartRange {
  const by = (toScale(range.to, scale) - toScale(range.from, scale)) * part
  const move = (end: number): number => fromScale(toScale(end, scale) + by, scale)
  return { from: move(range.from), to: move(range.to) }
}
