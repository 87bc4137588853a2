import type { SeriesTable } from '../experiment/series-table.ts'
import type { XRange } from '../workspace/x-range.ts'

/** From the first to the last step any run has of a metric; null when none has any. */
export function stepExtent(table: SeriesTable, metric: string): XRange | null {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (const metrics of table.values()) {
    const summary = metrics.get(metric)
    if (summary === undefined) continue
    from = Math.min(from, summary.minStep)
    to = Math.max(to, summary.maxStep)
  }
  return from <= to ? { from, to } : null
}
