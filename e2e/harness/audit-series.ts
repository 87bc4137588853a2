import type { Database } from '../../workers/db/database.ts'
import type { PointArrays } from '../../workers/db/points/point-columns.ts'
import {
  measurePoints,
  mergeStats,
  POINT_STATISTICS,
  type PointStats,
} from '../../workers/db/points/point-stats.ts'
import { STATS_COLUMNS } from '../../workers/db/points/series-rows.ts'
import { readPoints } from '../../workers/read/read-points.ts'
import { bulkTimeAt, GROUPS, makeValueAt } from '../torture/truth.ts'
import { auditSteps } from './audit-steps.ts'
import type { Findings } from './findings.ts'

const READ_AT_ONCE = 16_384
/** What a mean or a deviation may differ by when the same numbers are added in other portions. */
const ROUNDING_TOLERANCE = 1e-9

/** A series as it is stored. */
export interface StoredSeries {
  readonly id: number
  readonly runId: string
  readonly key: string
}

/** Reads every point of a series and answers how many there are of each life of its run. */
export function auditSeries(database: Database, series: StoredSeries, findings: Findings): readonly number[] {
  const { id, runId, key } = series
  const where = `${key} of run ${runId}`
  const valueAt = makeValueAt(runId, key)
  const isBulk = key === GROUPS.bulk[0]
  let stats: PointStats | null = null
  let read = 0
  const steps = auditSteps(where, findings)

  function auditPoint(step: number, value: number, time: number): void {
    if (!steps.visit(step)) return
    if (!Object.is(value, valueAt(step))) {
      findings.corrupt(1, `step ${step} is ${value}, not ${valueAt(step)}, in ${where}`)
    }
    if (isBulk ? time !== bulkTimeAt(step) : !(time > 0 && time <= Date.now())) {
      findings.corrupt(1, `step ${step} has time ${time} in ${where}`)
    }
  }

  for (;;) {
    const points: PointArrays = readPoints(database, id, read, READ_AT_ONCE)
    if (points.values.length === 0) break
    for (let at = 0; at < points.values.length; at += 1) {
      auditPoint(points.steps[at] ?? Number.NaN, points.values[at] ?? 0, points.times[at] ?? Number.NaN)
    }
    const measured = measurePoints(points)
    stats = stats === null ? measured : mergeStats(stats, measured)
    read += points.values.length
  }
  auditSummary(database, series, stats, findings)
  return steps.counts()
}

/** The summary a series is stored with must be that of its points. */
function auditSummary(
  { sql }: Database,
  { id, runId, key }: StoredSeries,
  measured: PointStats | null,
  findings: Findings,
): void {
  const summary = sql.first(`select ${STATS_COLUMNS} from series where id = ?`, [id], POINT_STATISTICS)
  if (summary === undefined || measured === null) {
    return findings.corrupt(1, `${key} of run ${runId} has no points or no summary`)
  }
  for (const [name, value] of Object.entries(measured)) {
    const said: unknown = Reflect.get(summary, name)
    const isSame =
      name === 'mean' || name === 'std'
        ? typeof said === 'number' && Math.abs(said - value) <= ROUNDING_TOLERANCE
        : Object.is(said, value)
    if (!isSame && !(Number.isNaN(said) && Number.isNaN(value))) {
      findings.corrupt(1, `the ${name} of ${key} of run ${runId} is ${String(said)}, of its points ${value}`)
    }
  }
}
