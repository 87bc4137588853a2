/** How many colours tell classes apart; more classes begin again. */
const COLORS = 8

/** A colour as a style has it, of a token or of `#rrggbb`. */
export function colorOf(color: string): string {
  return color.startsWith('#') ? color : `var(--${color})`
}

/** The token of the colour of the n-th class. */
export function classColor(index: number): string {
  return `series-${(index % COLORS) + 1}`
}
