import type { RunId } from '../../src/model/units.ts'
import type { Database } from '../db/database.ts'
import { slicePoints } from '../db/points/point-columns.ts'
import type { PointArrays } from '../db/points/point-columns.ts'
import { findSeries } from '../db/points/series-rows.ts'
import type { SeriesView } from '../db/points/point-store.ts'

/** The id that `readPoints` takes, local to the database; undefined when there is no such series. */
export function findSeriesId({ sql }: Database, runId: RunId, key: string): number | undefined {
  return findSeries(sql, runId, key)?.id
}

/**
 * Points of a series in log order, from the one of that ordinal on (counted from 0).
 *
 * Shape: at least one point unless the series ends there, at most `maxCount`, often fewer: to the end of a chunk.
 * Owner: the store; copy what is kept, written to or transferred, or used after the next ingest. Cost: no copy.
 */
export function readPoints(
  database: Database,
  seriesId: number,
  fromOrdinal: number,
  maxCount: number,
): PointArrays {
  return readPointsOf(database.points.view(seriesId), fromOrdinal, maxCount)
}

/** The same over a view that is at hand. */
export function readPointsOf(view: SeriesView, fromOrdinal: number, maxCount: number): PointArrays {
  const { chunks, tail } = view
  const last = chunks.length - 1
  const sealed = last < 0 ? 0 : (chunks.ordinals[last] ?? 0) + (chunks.stats.count[last] ?? 0)
  if (fromOrdinal >= sealed) {
    const from = Math.min(fromOrdinal - sealed, tail.values.length)
    return slicePoints(tail, from, Math.min(tail.values.length, from + maxCount))
  }
  const chunk = chunkAt(view, fromOrdinal)
  const columns = view.columns(chunk)
  const from = fromOrdinal - (chunks.ordinals[chunk] ?? 0)
  const to = Math.min(columns.values.length, from + maxCount)
  return slicePoints({ steps: columns.steps(), values: columns.values, times: columns.times() }, from, to)
}

/** The chunk that holds the point of an ordinal: the last one that starts at it or before. */
function chunkAt({ chunks }: SeriesView, ordinal: number): number {
  let low = 0
  let high = chunks.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((chunks.ordinals[middle] ?? 0) <= ordinal) low = middle
    else high = middle - 1
  }
  return low
}
