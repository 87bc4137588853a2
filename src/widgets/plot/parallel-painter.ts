import { dashOf, type Stroke } from '../dashes.ts'
import type { PlotAxis } from './plot-axis.ts'
import { makeScale } from './plot-axis.ts'

/** Where lines lie. Shape: `y`, for each axis one entry a line; unit: CSS pixels from the top. */
export interface ParallelPlaces {
  readonly x: readonly number[]
  readonly y: readonly Float32Array[]
  readonly count: number
}

/** What lies at the bottom for values that are missing. Unit: CSS pixels. */
export const MISSING_ROOM = 22

/** `height` is of the axes; values that are missing lie below. */
export function placeLines(axes: readonly PlotAxis[], x: readonly number[], height: number): ParallelPlaces {
  const count = axes[0]?.values.length ?? 0
  const y = axes.map((axis) => {
    const scale = makeScale(axis)
    return Float32Array.from(axis.values, (value) =>
      Number.isNaN(value) ? height + MISSING_ROOM - 4 : (1 - scale.toPart(value)) * height,
    )
  })
  return { x, y, count }
}

/** Lines of one colour and dash that are stroked together. */
export interface LineGroup {
  readonly color: string
  readonly stroke: Stroke
  readonly alpha: number
  readonly lines: Uint32Array
}

/** The lines that were not picked, all in one colour and first, so that they lie below the others. */
export function groupLines(
  count: number,
  picked: Uint8Array | null,
  colorOf: (line: number) => string,
  strokeOf: (line: number) => Stroke,
  faint: string,
): readonly LineGroup[] {
  const faded: number[] = []
  const byLook = new Map<
    string,
    { readonly color: string; readonly stroke: Stroke; readonly lines: number[] }
  >()
  for (let line = 0; line < count; line += 1) {
    if (picked !== null && picked[line] === 0) {
      faded.push(line)
      continue
    }
    const [color, stroke] = [colorOf(line), strokeOf(line)]
    const look = `${stroke} ${color}`
    const known = byLook.get(look)
    if (known === undefined) byLook.set(look, { color, stroke, lines: [line] })
    else known.lines.push(line)
  }
  const alpha = count > 2_000 ? 0.35 : count > 300 ? 0.6 : 0.9
  return [
    { color: faint, stroke: 0, alpha: count > 2_000 ? 0.4 : 0.9, lines: Uint32Array.from(faded) },
    ...[...byLook.values()].map(({ color, stroke, lines }) => ({
      color,
      stroke,
      alpha,
      lines: Uint32Array.from(lines),
    })),
  ]
}

/** More lines in one path take longer than the same lines in several. */
const LINES_AT_ONCE = 16
/** Strokes are only noted until a pixel is asked for: so often, that the clock tells what they took. */
const LINES_PER_LOOK = 256
/** How long lines are painted before the page gets its turn. Unit: milliseconds. */
const SLICE_MS = 8

/** Paints groups of lines slice by slice: `next` until it tells that all are there. */
export function makeLinePainter(
  context: CanvasRenderingContext2D,
  places: ParallelPlaces,
  groups: readonly LineGroup[],
): { next(): boolean } {
  let group = 0
  let line = 0
  let noted = 0
  return {
    next() {
      const start = performance.now()
      context.lineWidth = places.count > 500 ? 1 : 1.4
      context.lineJoin = 'round'
      for (;;) {
        const current = groups[group]
        if (current === undefined) return true
        const to = Math.min(line + LINES_AT_ONCE, current.lines.length)
        strokeLines(context, places, current, line, to)
        noted += to - line
        line = to
        if (noted >= LINES_PER_LOOK) {
          noted = 0
          context.getImageData(0, 0, 1, 1)
        }
        if (line >= current.lines.length) {
          group += 1
          line = 0
        }
        if (performance.now() - start > SLICE_MS) return groups[group] === undefined
      }
    },
  }
}

function strokeLines(
  context: CanvasRenderingContext2D,
  places: ParallelPlaces,
  { color, stroke, alpha, lines }: LineGroup,
  from: number,
  to: number,
): void {
  context.strokeStyle = color
  context.globalAlpha = alpha
  context.setLineDash([...dashOf(stroke)])
  context.beginPath()
  for (let at = from; at < to; at += 1) traceLine(context, places, lines[at] ?? 0)
  context.stroke()
  context.globalAlpha = 1
}

export function traceLine(context: CanvasRenderingContext2D, { x, y }: ParallelPlaces, line: number): void {
  for (const [axis, column] of y.entries()) {
    const [px, py] = [x[axis] ?? 0, column[line] ?? 0]
    if (axis === 0) context.moveTo(px, py)
    else context.lineTo(px, py)
  }
}

/** The picked line nearest to a place, at most `reach` pixels above or below it; null when there is none. */
export function lineAt(
  { x, y, count }: ParallelPlaces,
  left: number,
  top: number,
  reach: number,
  picked: Uint8Array | null,
): number | null {
  const after = x.findIndex((each) => each >= left)
  const right = after === -1 ? x.length - 1 : after
  const [a, b] = [y[Math.max(0, right - 1)], y[right]]
  const [fromX, toX] = [x[Math.max(0, right - 1)] ?? 0, x[right] ?? 0]
  const part = toX === fromX ? 0 : Math.min(1, Math.max(0, (left - fromX) / (toX - fromX)))
  let nearest: number | null = null
  let least = reach
  for (let line = 0; line < count; line += 1) {
    if (picked?.[line] === 0) continue
    const at = (a?.[line] ?? 0) * (1 - part) + (b?.[line] ?? 0) * part
    const distance = Math.abs(at - top)
    if (distance < least) {
      least = distance
      nearest = line
    }
  }
  return nearest
}
