import type { SeenCloud } from './point-cloud.ts'

/** More points than this are drawn small and square. */
const MANY = 3_000
const FULL_TURN = 2 * Math.PI

/** Paints points in their order, on a canvas that is empty; those of a cloud of three axes fade with distance. */
export function paintCloud(
  context: CanvasRenderingContext2D,
  { x, y, depth }: SeenCloud,
  axes: 2 | 3,
  points: Uint32Array,
  colorOf: (point: number) => string,
): void {
  const isMany = points.length > MANY
  for (const point of points) {
    const near = ((depth[point] ?? 0) + 1) / 2
    context.globalAlpha = axes === 2 ? 0.8 : 0.35 + 0.6 * near
    context.fillStyle = colorOf(point)
    const radius = axes === 2 ? 3 : 2 + 2 * near
    if (isMany) context.fillRect((x[point] ?? 0) - 1, (y[point] ?? 0) - 1, 2, 2)
    else {
      context.beginPath()
      context.arc(x[point] ?? 0, y[point] ?? 0, radius, 0, FULL_TURN)
      context.fill()
    }
  }
  context.globalAlpha = 1
}

export function ringPoint(
  context: CanvasRenderingContext2D,
  { x, y }: SeenCloud,
  point: number,
  ink: string,
): void {
  context.strokeStyle = ink
  context.lineWidth = 1.5
  context.beginPath()
  context.arc(x[point] ?? 0, y[point] ?? 0, 6, 0, FULL_TURN)
  context.stroke()
}
