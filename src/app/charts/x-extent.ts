import type { SeriesSummary } from '../../model/series.ts'
import { isPlausibleSpan, isPlausibleTime, type UnixMs } from '../../model/units.ts'
import type { XAxis } from '../../protocol/windows.ts'
import type { XRange } from '../workspace/x-range.ts'

/** The ends of one series in the unit of x; null while that is not known. `metric`: the summary of the metric that x is. */
export function seriesExtent(
  summary: SeriesSummary,
  x: XAxis,
  startedAt: UnixMs,
  metric: SeriesSummary | undefined,
): XRange | null {
  switch (x) {
    case 'step':
      return { from: summary.minStep, to: summary.maxStep }
    case 'time':
      return { from: summary.firstTime, to: summary.lastTime }
    case 'relative':
      return { from: summary.firstTime - startedAt, to: summary.lastTime - startedAt }
    default:
      // Of a metric nothing is finite where there is no least value.
      return metric === undefined || Number.isNaN(metric.min) ? null : { from: metric.min, to: metric.max }
  }
}

/** Whether an extent lies at times that may be meant; one that does not would press all others into a pixel. */
export function isPlausibleExtent({ from, to }: XRange, x: XAxis): boolean {
  if (x === 'time') return isPlausibleTime(from) && isPlausibleTime(to)
  return x !== 'relative' || (isPlausibleSpan(from) && isPlausibleSpan(to))
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

/** The range a chart shows unzoomed: the shared one, so that cursors line up, unless that would hide its curve or lies elsewhere. */
export function chartRange(own: XRange | null, shared: XRange | null): XRange | null {
  if (own === null || shared === null) return own ?? shared
  if (own.to < shared.from || own.from > shared.to) return own
  const part = (own.to - own.from) / (shared.to - shared.from)
  return part < OWN_RANGE_BELOW ? own : shared
}

/** How far down a log axis reaches where x may be anything: four decades. */
const LEAST_PART = 1e-4

/** The part of a range that a log axis shows, as the windows of one are read; null when all of it is 0 or less. */
export function positiveRange(range: XRange | null, x: XAxis): XRange | null {
  if (range === null || range.from > 0) return range
  if (range.to <= 0) return null
  const least = typeof x === 'object' ? range.to * LEAST_PART : 1
  return { from: Math.min(least, range.to / 2), to: range.to }
}

/** A range moved so that it lies inside all there is; null where it is as wide: that is no zoom. */
export function clampZoom(range: XRange, all: XRange | null): XRange | null {
  if (all === null) return range
  const width = range.to - range.from
  if (width >= all.to - all.from) return null
  const from = Math.min(Math.max(range.from, all.from), all.to - width)
  return { from, to: from + width }
}
