/** How lines that share a colour differ: 0 solid, 1 dashed, 2 dotted. The dot of a run differs by its shape. */
export type Stroke = 0 | 1 | 2

const DASHES: Readonly<Record<Stroke, readonly number[]>> = { 0: [], 1: [6, 3.5], 2: [1.5, 3] }

/** Shape: ink and gap in turn. Unit: CSS pixels. */
export function dashOf(stroke: Stroke): readonly number[] {
  return DASHES[stroke]
}

/** The outline of a dot at a place: a disc, a ring or a square. */
export function traceDot(
  context: CanvasRenderingContext2D,
  stroke: Stroke,
  x: number,
  y: number,
  radius: number,
): void {
  context.beginPath()
  if (stroke === 2) context.rect(x - radius, y - radius, 2 * radius, 2 * radius)
  else context.arc(x, y, radius, 0, 2 * Math.PI)
  // The inside is left out: it is filled by the even-odd rule.
  if (stroke === 1) {
    context.moveTo(x + radius / 2, y)
    context.arc(x, y, radius / 2, 0, 2 * Math.PI)
  }
}
