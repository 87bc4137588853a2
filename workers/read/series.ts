import type { SeriesSummary } from '../../src/model/series.ts'
import type { RunId } from '../../src/model/units.ts'
import type { SeriesColumns, SeriesRequest } from '../../src/protocol/charts-api.ts'
import type { Database } from '../db/database.ts'
import { parseStats } from '../db/points/series-rows.ts'
import type { Row } from '../db/sql.ts'

const COLUMNS = [
  'count',
  'first_step',
  'last_step',
  'min_step',
  'max_step',
  'first_time',
  'last_time',
  'min_time',
  'max_time',
  'first',
  'last',
  'min',
  'max',
  'mean',
  'nan_count',
  'pos_inf_count',
  'neg_inf_count',
]
  .map((name) => `s.${name}`)
  .join(', ')

const SELECT = `select s.run_id, s.key, ${COLUMNS} from series s join runs r on r.id = s.run_id
  where r.removed_at is null`

const READ_SERIES = `${SELECT} and r.experiment_id = ?1
  and (?2 is null or s.run_id in (select value from json_each(?2)))
  and (?3 is null or s.key in (select value from json_each(?3)))
  order by s.key, r.started_at, r.rowid`

/** The summaries of an experiment's series, ordered by key, then run start. */
export function readSeries({ sql }: Database, request: SeriesRequest): SeriesColumns {
  const { experimentId, runIds, keys } = request
  return toColumns(sql.all(READ_SERIES, [experimentId, toJsonList(runIds), toJsonList(keys)], parseSummary))
}

function toJsonList(values: readonly string[] | null): string | null {
  return values === null ? null : JSON.stringify(values)
}

/** The summaries of one run's series, ordered by key. */
export function readRunSeries({ sql }: Database, runId: RunId): readonly SeriesSummary[] {
  return sql.all(`${SELECT} and s.run_id = ? order by s.key`, [runId], parseSummary)
}

function parseSummary(row: Row): SeriesSummary {
  const { minTime: _minTime, maxTime: _maxTime, ...stats } = parseStats(row, 2)
  return { runId: row.text(0), key: row.text(1), ...stats }
}

function toColumns(series: readonly SeriesSummary[]): SeriesColumns {
  const numbers = (read: (summary: SeriesSummary) => number): Float64Array => Float64Array.from(series, read)
  return {
    runId: series.map((summary) => summary.runId),
    key: series.map((summary) => summary.key),
    count: numbers((summary) => summary.count),
    firstStep: numbers((summary) => summary.firstStep),
    lastStep: numbers((summary) => summary.lastStep),
    minStep: numbers((summary) => summary.minStep),
    maxStep: numbers((summary) => summary.maxStep),
    firstTime: numbers((summary) => summary.firstTime),
    lastTime: numbers((summary) => summary.lastTime),
    first: numbers((summary) => summary.first),
    last: numbers((summary) => summary.last),
    min: numbers((summary) => summary.min),
    max: numbers((summary) => summary.max),
    mean: numbers((summary) => summary.mean),
    nanCount: numbers((summary) => summary.nanCount),
    posInfCount: numbers((summary) => summary.posInfCount),
    negInfCount: numbers((summary) => summary.negInfCount),
  }
}
