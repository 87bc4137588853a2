import { eachStatistic, type SeriesSummary } from '../../model/series.ts'
import type { RunId } from '../../model/units.ts'
import type { SeriesColumns } from '../../protocol/charts-api.ts'

/** The summaries of an experiment by run, then by metric. */
export type SeriesTable = ReadonlyMap<RunId, ReadonlyMap<string, SeriesSummary>>

/**
 * The table with the summaries of some runs read again, null for all of them; a run without any is left out.
 *
 * The other runs keep their map.
 */
export function replaceSeries(
  table: SeriesTable,
  runIds: readonly RunId[] | null,
  columns: SeriesColumns,
): SeriesTable {
  const read = new Map<RunId, Map<string, SeriesSummary>>()
  columns.runId.forEach((runId, index) => {
    const summary = summaryAt(columns, index)
    const metrics = read.get(runId)
    if (metrics === undefined) read.set(runId, new Map([[summary.key, summary]]))
    else metrics.set(summary.key, summary)
  })
  if (runIds === null) return read
  const replaced = new Map(table)
  for (const runId of runIds) {
    const metrics = read.get(runId)
    if (metrics === undefined) replaced.delete(runId)
    else replaced.set(runId, metrics)
  }
  return replaced
}

function summaryAt(columns: SeriesColumns, index: number): SeriesSummary {
  return {
    runId: columns.runId[index] ?? '',
    key: columns.key[index] ?? '',
    ...eachStatistic((statistic) => columns[statistic][index] ?? Number.NaN),
  }
}
