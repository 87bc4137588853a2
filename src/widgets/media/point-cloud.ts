/** How a cloud of points is turned. Unit: radians. */
export interface CloudTurn {
  readonly yaw: number
  readonly pitch: number
}

export const FACING: CloudTurn = { yaw: 0.5, pitch: 0.3 }

/** Where the points of a cloud are seen. Shape: an entry a point; `depth` from −1, far, to 1, near. Unit: CSS pixels. */
export interface SeenCloud {
  readonly x: Float32Array
  readonly y: Float32Array
  readonly depth: Float32Array
}

/** Around the points. Unit: CSS pixels. */
const MARGIN = 16

/** A cloud of two or three axes, as large as its room allows, whichever way it is turned. */
export function seeCloud(
  points: Float32Array,
  axes: 2 | 3,
  { yaw, pitch }: CloudTurn,
  width: number,
  height: number,
): SeenCloud {
  const count = points.length / axes
  const { middle, reach } = boundsOf(points, axes)
  const [x, y, depth] = [new Float32Array(count), new Float32Array(count), new Float32Array(count)]
  const scale = Math.max(1, Math.min(width, height) / 2 - MARGIN)
  // On two axes each has its own room; a cloud that is turned keeps its proportions.
  const across = axes === 2 ? Math.max(1, width / 2 - MARGIN) / (reach[0] || 1) : scale / longest(reach)
  const up = axes === 2 ? Math.max(1, height / 2 - MARGIN) / (reach[1] || 1) : scale / longest(reach)
  const [sinYaw, cosYaw, sinPitch, cosPitch] = [
    Math.sin(yaw),
    Math.cos(yaw),
    Math.sin(pitch),
    Math.cos(pitch),
  ]
  for (let point = 0; point < count; point += 1) {
    const a = (points[point * axes] ?? 0) - (middle[0] ?? 0)
    const b = (points[point * axes + 1] ?? 0) - (middle[1] ?? 0)
    const c = axes === 3 ? (points[point * axes + 2] ?? 0) - (middle[2] ?? 0) : 0
    const [right, toward] = axes === 3 ? [a * cosYaw + c * sinYaw, c * cosYaw - a * sinYaw] : [a, 0]
    const [high, near] =
      axes === 3 ? [b * cosPitch - toward * sinPitch, toward * cosPitch + b * sinPitch] : [b, 0]
    x[point] = width / 2 + right * across
    y[point] = height / 2 - high * up
    depth[point] = near / (longest(reach) || 1)
  }
  return { x, y, depth }
}

function boundsOf(
  points: Float32Array,
  axes: number,
): { readonly middle: number[]; readonly reach: number[] } {
  const middle: number[] = []
  const reach: number[] = []
  for (let axis = 0; axis < axes; axis += 1) {
    let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let at = axis; at < points.length; at += axes) {
      min = Math.min(min, points[at] ?? min)
      max = Math.max(max, points[at] ?? max)
    }
    middle.push(min <= max ? (min + max) / 2 : 0)
    reach.push(min <= max ? (max - min) / 2 : 0)
  }
  return { middle, reach }
}

/** From the middle to the farthest corner: turned, it stays in its room. */
function longest(reach: readonly number[]): number {
  return Math.hypot(...reach) || 1
}

/** Turned further; upright at most, so that it never stands on its head. */
export function turned({ yaw, pitch }: CloudTurn, byYaw: number, byPitch: number): CloudTurn {
  return {
    yaw: (yaw + byYaw) % (2 * Math.PI),
    pitch: Math.min(Math.PI / 2, Math.max(-Math.PI / 2, pitch + byPitch)),
  }
}

/** The point of those that is nearest to a place and at most `reach` away; the one in front of two. */
export function pointAt(
  { x, y }: SeenCloud,
  points: Uint32Array,
  px: number,
  py: number,
  reach: number,
): number | null {
  let found: number | null = null
  let least = reach ** 2
  for (const point of points) {
    const distance = ((x[point] ?? 0) - px) ** 2 + ((y[point] ?? 0) - py) ** 2
    if (distance > least) continue
    least = distance
    found = point
  }
  return found
}
