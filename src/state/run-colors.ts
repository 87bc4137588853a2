import type { RunId, UnixMs } from '../model/units.ts'

/** How a run is drawn wherever it appears. */
export interface RunStyle {
  /** `series-1` … `series-8` or `#rrggbb`. */
  readonly color: string
  /** How often the palette was used up before this run: 0 draws solid lines, 1 dashed, 2 dotted. */
  readonly stroke: 0 | 1 | 2
}

export const PALETTE = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `series-${n}`)

const STROKES = [0, 1, 2] as const

/** Parses a stored colour; null when it is none of ours, so that a stranger's text never reaches a style. */
export function parseRunColor(color: string | null): string | null {
  if (color === null) return null
  return PALETTE.includes(color) || /^#[0-9a-f]{6}$/i.test(color) ? color : null
}

interface ColoredRun {
  readonly id: RunId
  readonly startedAt: UnixMs
  readonly color: string | null
}

/**
 * Gives each run the palette colour of its place in the order of start, so that the first eight differ in colour and
 * the next ones in stroke as well. Runs in `known` keep their place when an older run is removed.
 */
export function assignRunStyles(
  runs: readonly ColoredRun[],
  known: ReadonlyMap<RunId, number> = new Map(),
): { readonly styles: ReadonlyMap<RunId, RunStyle>; readonly places: ReadonlyMap<RunId, number> } {
  const places = new Map(known)
  const styles = new Map<RunId, RunStyle>()
  let next = Math.max(-1, ...known.values()) + 1
  const inOrder = runs.toSorted((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1))
  for (const run of inOrder) {
    let place = places.get(run.id)
    if (place === undefined) {
      place = next
      next += 1
      places.set(run.id, place)
    }
    const own = parseRunColor(run.color)
    const stroke = STROKES[Math.floor(place / PALETTE.length) % STROKES.length] ?? 0
    styles.set(run.id, {
      color: own ?? PALETTE[place % PALETTE.length] ?? 'series-1',
      stroke: own === null ? stroke : 0,
    })
  }
  return { styles, places }
}
