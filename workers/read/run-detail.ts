import { TABLES } from '../../src/protocol/public-schema.ts'
import { TEXT, oneOf, selectList } from '../../src/model/column.ts'
import { parseJsonOrText } from '../../src/model/json.ts'
import { EVENT_KINDS } from '../../src/model/run.ts'
import type { Params, RunEvent } from '../../src/model/run.ts'
import { ENVIRONMENT_BUDGET, PARAM_BUDGET, cutObject, withSlack } from '../../src/model/json-cut.ts'
import type { RunId } from '../../src/model/units.ts'
import type { RunDetail } from '../../src/protocol/runs-api.ts'
import type { Database } from '../db/database.ts'
import type { Sql } from '../db/sql.ts'
import { summariseArrays } from './arrays.ts'
import { readParamChanges } from './param-changes.ts'
import { readRunRefusals } from './refusals.ts'
import { readRunSeries } from './series.ts'

const DETAIL_ROW = { ...TABLES.runs, experimentName: TEXT } as const

const READ_RUN = `select ${selectList(TABLES.runs, 'r')}, e.name as experiment_name
  from runs r join experiments e on e.id = r.experiment_id where r.id = ? and r.removed_at is null`

/** A text in SQLite is never longer. Unit: bytes. */
const ANY_BYTES = 2 ** 31

/** Everything of one run but its points; undefined when there is none of that id or it is removed. */
export function readRun(database: Database, runId: RunId, maxBytes = ANY_BYTES): RunDetail | undefined {
  const { sql } = database
  const found = sql.first(READ_RUN, [runId], DETAIL_ROW)
  if (found === undefined) return undefined
  const { summary, experimentName, ...run } = found
  return {
    run,
    summary,
    experimentName,
    params: readParams(sql, runId, maxBytes),
    paramChanges: readParamChanges(sql, [runId]).get(runId) ?? {},
    tags: Object.fromEntries(readPairs(sql, 'tags', runId)),
    series: readRunSeries(database, runId),
    arrays: summariseArrays(database, runId),
    refusals: readRunRefusals(sql, runId),
    events: readEvents(sql, runId),
  }
}

/** What the store would keep of it today: only databases from before hold more, and no page could show it. */
const SHOWN_VALUE = withSlack(withSlack(PARAM_BUDGET))
const SHOWN_ENVIRONMENT = withSlack(withSlack(ENVIRONMENT_BUDGET))
/** What is longer is not even parsed. Unit: bytes. */
const MAX_PARSED_BYTES = 2 ** 21

/** The same as it is shown: what older databases hold beyond all bounds is cut, and says so. */
export function readShownRun(database: Database, runId: RunId): RunDetail | undefined {
  const detail = readRun(database, runId, MAX_PARSED_BYTES)
  if (detail === undefined) return undefined
  const { run, params, summary } = detail
  return {
    ...detail,
    run: { ...run, environment: cutObject(run.environment, SHOWN_ENVIRONMENT).value },
    params: cutObject(params, SHOWN_VALUE).value,
    summary: cutObject(summary, SHOWN_VALUE).value,
  }
}

/** Params of a run as JSON texts, each at most so long; of a longer one the beginning, which is a text. */
function readParams(sql: Sql, runId: RunId, maxBytes: number): Params {
  const query = `select key, case when octet_length(value) <= ?2 then value
    else substr(value, 1, 1000) || '… [cut: ' || (length(value) - 1000) || ' characters]' end as value
    from params where run_id = ?1 order by key`
  return Object.fromEntries(
    sql.map(query, [runId, maxBytes], PAIR_ROW, ({ key, value }) => [key, parseJsonOrText(value)]),
  )
}

const PAIR_ROW = { key: TEXT, value: TEXT } as const

/** Rows of a table of keys and values of a run, by key. */
export function readPairs(sql: Sql, table: 'params' | 'tags', runId: RunId): (readonly [string, string])[] {
  const query = `select key, value from ${table} where run_id = ? order by key`
  return sql.map(query, [runId], PAIR_ROW, ({ key, value }) => [key, value])
}

const { runId: _happened, ...EVENT } = TABLES.events
/** Of a kind this Kymo does not know it is what somebody said. */
export const EVENT_ROW = { ...EVENT, kind: oneOf(EVENT_KINDS, 'mark') } as const

export function readEvents(sql: Sql, runId: RunId): readonly RunEvent[] {
  return sql.all(
    'select time, kind, text, until, step from events where run_id = ? order by time, kind, text',
    [runId],
    EVENT_ROW,
  )
}
