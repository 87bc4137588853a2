import type { WindowRequest } from '../../src/protocol/windows.ts'
import type { Grid } from './window-cells.ts'
import type { Parts } from './window-parts.ts'

/** How far a series reaches along x. */
export interface Reach {
  /** The least and the greatest x; min > max where there is no point. */
  readonly bounds: readonly [number, number]
  readonly parts: Parts
  /** Whether an x may be meant. */
  isPlausible(x: number): boolean
}

/** What of a series is shown unzoomed. */
export interface Shown {
  /** null where nothing of it is. */
  readonly bounds: readonly [number, number] | null
  /** Points that lie at no time that may be meant. */
  readonly astray: number
}

/**
 * What of each series a window with open ends reaches: all of it, but for points at times that nobody means, as one run in 1970
 * would press all others into a pixel. Where no point of any series has a plausible time all are reached.
 *
 * Cost: nothing for series whose bounds are plausible; the points of the others whose parts are not.
 */
export function shownOf(reaches: readonly Reach[]): readonly Shown[] {
  const shown = reaches.map(plausiblePart)
  if (shown.some(({ bounds }) => bounds !== null)) return shown
  return reaches.map(({ bounds }) => ({ bounds: bounds[0] > bounds[1] ? null : bounds, astray: 0 }))
}

function plausiblePart({ bounds, parts, isPlausible }: Reach): Shown {
  if (bounds[0] > bounds[1]) return { bounds: null, astray: 0 }
  if (bounds.every(isPlausible)) return { bounds, astray: 0 }
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let astray = 0
  for (let part = 0; part < parts.count; part += 1) {
    if (isPlausible(parts.min(part)) && isPlausible(parts.max(part))) {
      min = Math.min(min, parts.min(part))
      max = Math.max(max, parts.max(part))
      continue
    }
    for (const place of parts.read(part).x) {
      const x = place - parts.origin
      if (!isPlausible(x)) astray += 1
      else {
        min = Math.min(min, x)
        max = Math.max(max, x)
      }
    }
  }
  return { bounds: min > max ? null : [min, max], astray }
}

/** Resolves open ends over all series asked; a window of nothing is 0 … 0. */
export function gridOf(request: WindowRequest, shown: readonly Shown[], buckets: number): Grid {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { bounds } of shown) {
    if (bounds === null) continue
    min = Math.min(min, bounds[0])
    max = Math.max(max, bounds[1])
  }
  if (min > max) min = max = 0
  return { from: boundOr(request.from, min), to: boundOr(request.to, max), buckets }
}

function boundOr(bound: number | null, otherwise: number): number {
  return bound === null || !Number.isFinite(bound) ? otherwise : bound
}
