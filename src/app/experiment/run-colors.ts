import type { Stroke } from '../../widgets/dashes.ts'

/** How a run is drawn wherever it appears. */
export interface RunStyle {
  /** `series-1` … `series-8`, `scale-1` … `scale-8` or `#rrggbb`. */
  readonly color: string
  /** How often the palette was used up before this run: 0 draws solid lines, 1 dashed, 2 dotted. */
  readonly stroke: Stroke
}

export const PALETTE = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `series-${n}`)

const STROKES = [0, 1, 2] as const

/** From the least to the greatest: light for much in the dark theme, dark for much in the light one. */
export const COLOR_SCALE = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `scale-${n}`)

/** The look of the `place`-th of some groups: more numbers than there are colours take theirs from the scale. */
export function groupColor(place: number, count: number, isScale: boolean): RunStyle {
  if (!isScale || count <= PALETTE.length) return runStyle(place, null)
  const step = Math.round((place * (COLOR_SCALE.length - 1)) / (count - 1))
  return { color: COLOR_SCALE[step] ?? 'scale-1', stroke: 0 }
}

/** Parses a stored colour; null when it is none of ours, so that a stranger's text never reaches a style. */
export function parseRunColor(color: string | null): string | null {
  if (color === null) return null
  return PALETTE.includes(color) || /^#[0-9a-f]{6}$/i.test(color) ? color : null
}

/** Gives a run the palette colour of its place among the runs of its experiment, unless it has one of its own. */
export function runStyle(place: number, color: string | null): RunStyle {
  const own = parseRunColor(color)
  if (own !== null) return { color: own, stroke: 0 }
  return {
    color: PALETTE[place % PALETTE.length] ?? 'series-1',
    stroke: STROKES[Math.floor(place / PALETTE.length) % STROKES.length] ?? 0,
  }
}

/** Three dashes can be told apart; what comes later looks like the last. */
export function strokeAt(place: number): Stroke {
  return place === 0 ? 0 : place === 1 ? 1 : 2
}
