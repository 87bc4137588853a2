import { placeToPart } from './ticks/axis-places.ts'

export interface SmallCurve {
  /** Shape: one entry a place in each, x ascending, all finite. */
  readonly x: Float64Array
  readonly mean: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  /** Where the width of the picture begins and ends on x. */
  readonly from: number
  readonly to: number
}

/** The picture is drawn in these units and scaled to its cell. */
export const WIDTH = 100
export const HEIGHT = 20
/** So that a line at the edge is not cut. */
const INSET = 1.5

/** The points of the line, and of the outline of what it reached, as SVG has them. */
export function drawCurve(curve: SmallCurve): {
  readonly line: string
  readonly reach: string
} {
  const { x, mean, min, max, from, to } = curve
  const bottom = min.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const top = max.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const placeX = (value: number): string =>
    (to > from ? placeToPart(value, from, to, 'linear') * WIDTH : 0).toFixed(1)
  const room = HEIGHT - 2 * INSET
  const placeY = (value: number): string =>
    (top > bottom ? INSET + room - placeToPart(value, bottom, top, 'linear') * room : HEIGHT / 2).toFixed(1)
  const along = (values: Float64Array): readonly string[] =>
    Array.from(values, (value, index) => `${placeX(x[index] ?? from)},${placeY(value)}`)
  const points = along(mean)
  const [only] = points
  return {
    // One point is no line; a short one shows where it is.
    line: points.length === 1 && only !== undefined ? `${only} ${shifted(only)}` : points.join(' '),
    reach: [...along(max), ...along(min).toReversed()].join(' '),
  }
}

function shifted(point: string): string {
  const [x = '0', y = '0'] = point.split(',')
  return `${(Number(x) + INSET).toFixed(1)},${y}`
}
