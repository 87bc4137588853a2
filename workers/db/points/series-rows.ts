import type { RunId } from '../../../src/model/units.ts'
import type { Row, Sql } from '../sql.ts'
import type { PointStats } from './point-stats.ts'

/** The stats columns of `series`, in the order that `parseStats` reads. */
export const STATS_COLUMNS = `count, first_step, last_step, min_step, max_step, first_time, last_time, min_time,
  max_time, first, last, min, max, mean, nan_count, pos_inf_count, neg_inf_count`

/** Reads the STATS_COLUMNS of a row from column `at` on. */
export function parseStats(row: Row, at: number): PointStats {
  return {
    count: row.number(at),
    firstStep: row.number(at + 1),
    lastStep: row.number(at + 2),
    minStep: row.number(at + 3),
    maxStep: row.number(at + 4),
    firstTime: row.number(at + 5),
    lastTime: row.number(at + 6),
    minTime: row.number(at + 7),
    maxTime: row.number(at + 8),
    first: row.number(at + 9),
    last: row.number(at + 10),
    min: row.number(at + 11),
    max: row.number(at + 12),
    mean: row.number(at + 13),
    nanCount: row.number(at + 14),
    posInfCount: row.number(at + 15),
    negInfCount: row.number(at + 16),
  }
}

const WRITE_SERIES = `insert into series (id, run_id, key, ${STATS_COLUMNS})
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  on conflict (id) do update set count = excluded.count, first_step = excluded.first_step,
  last_step = excluded.last_step, min_step = excluded.min_step, max_step = excluded.max_step,
  first_time = excluded.first_time, last_time = excluded.last_time, min_time = excluded.min_time,
  max_time = excluded.max_time, first = excluded.first, last = excluded.last, min = excluded.min,
  max = excluded.max, mean = excluded.mean, nan_count = excluded.nan_count,
  pos_inf_count = excluded.pos_inf_count, neg_inf_count = excluded.neg_inf_count`

/** Inserts the row of a series or replaces its stats. */
export function writeSeries(sql: Sql, id: number, runId: RunId, key: string, stats: PointStats): void {
  sql.run(
    WRITE_SERIES,
    id,
    runId,
    key,
    stats.count,
    stats.firstStep,
    stats.lastStep,
    stats.minStep,
    stats.maxStep,
    stats.firstTime,
    stats.lastTime,
    stats.minTime,
    stats.maxTime,
    stats.first,
    stats.last,
    stats.min,
    stats.max,
    stats.mean,
    stats.nanCount,
    stats.posInfCount,
    stats.negInfCount,
  )
}

export interface StoredSeries {
  readonly id: number
  readonly runId: RunId
  readonly key: string
  readonly stats: PointStats
}

const READ_SERIES = `select id, run_id, key, ${STATS_COLUMNS} from series`

function parseSeries(row: Row): StoredSeries {
  return { id: row.number(0), runId: row.text(1), key: row.text(2), stats: parseStats(row, 3) }
}

export function findSeries(sql: Sql, runId: RunId, key: string): StoredSeries | undefined {
  return sql.first(`${READ_SERIES} where run_id = ? and key = ?`, [runId, key], parseSeries)
}
