import type { SeriesSummary } from '../model/series.ts'
import type { UnixMs } from '../model/units.ts'
import type { PointAxis } from '../protocol/tracker-api.ts'
import type { XRange } from './create-chart-view.ts'

/** The ends of one series in the unit of x. */
export function seriesExtent(summary: SeriesSummary, x: PointAxis, startedAt: UnixMs): XRange {
  switch (x) {
    case 'step':
      return { from: summary.minStep, to: summary.maxStep }
    case 'time':
      return { from: summary.firstTime, to: summary.lastTime }
    case 'relative':
      return { from: summary.firstTime - startedAt, to: summary.lastTime - startedAt }
  }
}

export function joinExtents(a: XRange | null, b: XRange | null): XRange | null {
  if (a === null || b === null) return a ?? b
  return { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) }
}

/**
 * A chart narrower than this part of the shared range keeps its own: twenty epochs beside twenty thousand batches
 * would be a hair on the left edge.
 */
const OWN_RANGE_BELOW = 0.1

/** The range a chart shows unzoomed: the shared one, so that cursors line up, unless that would hide its curve. */
export function chartRange(own: XRange | null, shared: XRange | null): XRange | null {
  if (own === null || shared === null) return own ?? shared
  const part = (own.to - own.from) / (shared.to - shared.from)
  return part < OWN_RANGE_BELOW ? own : shared
}
