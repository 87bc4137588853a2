import { selectList, TEXT } from '../../src/model/column.ts'
import { eachStatistic, STATISTICS, type SeriesSummary } from '../../src/model/series.ts'
import type { RunId } from '../../src/model/units.ts'
import type { SeriesColumns, SeriesRequest } from '../../src/protocol/charts-api.ts'
import type { Database } from '../db/database.ts'

const SUMMARY = { runId: TEXT, key: TEXT, ...STATISTICS } as const

const SELECT = `select ${selectList(SUMMARY, 's')} from series s join runs r on r.id = s.run_id
  where r.removed_at is null`

const READ_SERIES = `${SELECT} and r.experiment_id = ?1
  and (?2 is null or s.run_id in (select value from json_each(?2)))
  and (?3 is null or s.key in (select value from json_each(?3)))
  order by s.key, r.started_at, r.rowid`

/** The summaries of an experiment's series, ordered by key, then run start. */
export function readSeries({ sql }: Database, request: SeriesRequest): SeriesColumns {
  const { experimentId, runIds, keys } = request
  const series = sql.all(READ_SERIES, [experimentId, toJsonList(runIds), toJsonList(keys)], SUMMARY)
  return {
    runId: series.map((summary) => summary.runId),
    key: series.map((summary) => summary.key),
    ...eachStatistic((statistic) => Float64Array.from(series, (summary) => summary[statistic])),
  }
}

function toJsonList(values: readonly string[] | null): string | null {
  return values === null ? null : JSON.stringify(values)
}

/** The summaries of one run's series, ordered by key. */
export function readRunSeries({ sql }: Database, runId: RunId): readonly SeriesSummary[] {
  return sql.all(`${SELECT} and s.run_id = ? order by s.key`, [runId], SUMMARY)
}
