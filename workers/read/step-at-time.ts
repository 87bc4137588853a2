import { NUMBER } from '../../src/model/column.ts'
import type { RunId, UnixMs } from '../../src/model/units.ts'
import { lowerBound } from '../../src/model/sorted.ts'
import type { Database } from '../db/database.ts'
import type { SeriesView } from '../db/points/point-store.ts'

const LONGEST = 'select id from series where run_id = ? order by count desc, key limit 1'

/**
 * How far a run was at a time: the step of the last point by then of its longest series; NaN before the first.
 *
 * Times are taken as ascending, as they are logged. Cost: one look-up among chunks and one within.
 */
export function stepLookup(database: Database, runId: RunId): (time: UnixMs) => number {
  const id = database.sql.value(LONGEST, [runId], NUMBER)
  if (id === undefined) return () => Number.NaN
  const view = database.points.view(id)
  return (time) => stepAt(view, time)
}

function stepAt(view: SeriesView, time: UnixMs): number {
  const { chunks, tail } = view
  if (tail.times.length > 0 && (tail.times[0] ?? 0) <= time) return lastBy(tail.times, tail.steps, time)
  const minTimes = chunks.stats.minTime.subarray(0, chunks.length)
  const chunk = lastIndexBy(minTimes, time)
  if (chunk < 0) return Number.NaN
  const columns = view.columns(chunk)
  return lastBy(columns.times(), columns.steps(), time)
}

function lastBy(times: Float64Array, steps: Float64Array, time: UnixMs): number {
  return steps[lastIndexBy(times, time)] ?? Number.NaN
}

/** The last index whose entry is at most `bound`; −1 when there is none. */
function lastIndexBy(ascending: Float64Array, bound: number): number {
  let index = lowerBound(ascending, bound)
  while (index < ascending.length && ascending[index] === bound) index += 1
  return index - 1
}
