import { INTEGER, selectList, TEXT, type RowOf } from '../../../src/model/column.ts'
import type { RunId } from '../../../src/model/units.ts'
import { makeUpsert } from '../insert.ts'
import type { Sql } from '../sql.ts'
import { POINT_STATISTICS, type PointStats } from './point-stats.ts'

/** The stats columns of `series` in a select. */
export const STATS_COLUMNS = selectList(POINT_STATISTICS)

const SERIES_KEYS = { id: INTEGER, runId: TEXT, key: TEXT } as const
const SERIES_ROW = { ...SERIES_KEYS, ...POINT_STATISTICS } as const

const upsertSeries = makeUpsert('series', SERIES_KEYS, POINT_STATISTICS)

/** Inserts the row of a series or replaces its stats. */
export function writeSeries(sql: Sql, id: number, runId: RunId, key: string, stats: PointStats): void {
  upsertSeries(sql, { id, runId, key }, stats)
}

export interface StoredSeries {
  readonly id: number
  readonly runId: RunId
  readonly key: string
  readonly stats: PointStats
}

const FIND_SERIES = `select ${selectList(SERIES_ROW)} from series where run_id = ? and key = ?`

export function findSeries(sql: Sql, runId: RunId, key: string): StoredSeries | undefined {
  const row: RowOf<typeof SERIES_ROW> | undefined = sql.first(FIND_SERIES, [runId, key], SERIES_ROW)
  if (row === undefined) return undefined
  const { id, runId: _runId, key: _key, ...stats } = row
  return { id, runId, key, stats }
}
