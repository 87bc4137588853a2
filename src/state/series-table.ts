import type { SeriesSummary } from '../model/series.ts'
import type { RunId } from '../model/units.ts'
import type { SeriesColumns } from '../protocol/tracker-api.ts'

/** The summaries of an experiment by run, then by metric. */
export type SeriesTable = ReadonlyMap<RunId, ReadonlyMap<string, SeriesSummary>>

/** The table with the summaries in `columns` put in; runs that are not in `columns` keep their map. */
export function mergeSeries(table: SeriesTable, columns: SeriesColumns): SeriesTable {
  const merged = new Map(table)
  const touched = new Map<RunId, Map<string, SeriesSummary>>()
  columns.runId.forEach((runId, index) => {
    let metrics = touched.get(runId)
    if (metrics === undefined) {
      metrics = new Map(table.get(runId))
      touched.set(runId, metrics)
      merged.set(runId, metrics)
    }
    const summary = summaryAt(columns, index)
    metrics.set(summary.key, summary)
  })
  return merged
}

function summaryAt(columns: SeriesColumns, index: number): SeriesSummary {
  const at = (column: Float64Array): number => column[index] ?? Number.NaN
  return {
    runId: columns.runId[index] ?? '',
    key: columns.key[index] ?? '',
    count: at(columns.count),
    firstStep: at(columns.firstStep),
    lastStep: at(columns.lastStep),
    minStep: at(columns.minStep),
    maxStep: at(columns.maxStep),
    firstTime: at(columns.firstTime),
    lastTime: at(columns.lastTime),
    first: at(columns.first),
    last: at(columns.last),
    min: at(columns.min),
    max: at(columns.max),
    mean: at(columns.mean),
    nanCount: at(columns.nanCount),
    posInfCount: at(columns.posInfCount),
    negInfCount: at(columns.negInfCount),
  }
}
