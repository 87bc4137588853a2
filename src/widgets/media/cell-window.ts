/** What of a square table is in view. Unit: cells from its top left corner. */
export interface CellWindow {
  readonly left: number
  readonly top: number
  readonly side: number
}

/** Nearer, a cell is larger than what is written of it. */
const LEAST_SIDE = 4

export function wholeTable(count: number): CellWindow {
  return { left: 0, top: 0, side: count }
}

/** As much as `factor` of it, with the place at these parts of it where it was. */
export function zoomed(
  { left, top, side }: CellWindow,
  factor: number,
  [across, down]: readonly [number, number],
  count: number,
): CellWindow {
  const next = Math.min(count, Math.max(Math.min(LEAST_SIDE, count), side * factor))
  return inside({ left: left + across * (side - next), top: top + down * (side - next), side: next }, count)
}

/** Moved by parts of its side. */
export function moved(
  { left, top, side }: CellWindow,
  across: number,
  down: number,
  count: number,
): CellWindow {
  return inside({ left: left + across * side, top: top + down * side, side }, count)
}

/** Moved as little as shows a cell. */
export function showing(
  { left, top, side }: CellWindow,
  row: number,
  column: number,
  count: number,
): CellWindow {
  const near = (from: number, cell: number): number => Math.max(Math.min(from, cell), cell + 1 - side)
  return inside({ left: near(left, column), top: near(top, row), side }, count)
}

function inside({ left, top, side }: CellWindow, count: number): CellWindow {
  const within = (from: number): number => Math.min(count - side, Math.max(0, from))
  return { left: within(left), top: within(top), side }
}
