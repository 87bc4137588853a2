import { isJsonObject, parseJson, parseJsonOrText } from '../../src/model/json.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { REFUSAL_REASONS } from '../../src/model/log-batch.ts'
import type { Refusal, RefusalReason } from '../../src/model/log-batch.ts'
import { EVENT_KINDS } from '../../src/model/run.ts'
import type { RunEvent } from '../../src/model/run.ts'
import type { RunId } from '../../src/model/units.ts'
import type { RunDetail } from '../../src/protocol/runs-api.ts'
import type { Database } from '../db/database.ts'
import type { Sql } from '../db/sql.ts'
import { summariseArrays } from './arrays.ts'
import { parseStatus } from './runs.ts'
import { readRunSeries } from './series.ts'

const READ_RUN = `select r.id, r.experiment_id, r.name, r.status, r.started_at, r.ended_at, r.group_name, r.job_type,
  r.parent_run_id, r.forked_at_step, r.notes, r.color, r.environment, r.archived_at, r.summary, e.name
  from runs r join experiments e on e.id = r.experiment_id where r.id = ? and r.removed_at is null`

/** Everything of one run but its points; undefined when there is none of that id or it is removed. */
export function readRun(database: Database, runId: RunId): RunDetail | undefined {
  const { sql } = database
  const found = sql.first(READ_RUN, [runId], (row) => ({
    run: {
      id: row.text(0),
      experimentId: row.text(1),
      name: row.text(2),
      status: parseStatus(row.text(3)),
      startedAt: row.number(4),
      endedAt: row.numberOrNull(5),
      groupName: row.textOrNull(6),
      jobType: row.textOrNull(7),
      parentRunId: row.textOrNull(8),
      forkedAtStep: row.numberOrNull(9),
      notes: row.text(10),
      color: row.textOrNull(11),
      environment: parseObject(row.text(12)),
      archivedAt: row.numberOrNull(13),
    },
    summary: parseObject(row.text(14)),
    experimentName: row.text(15),
  }))
  if (found === undefined) return undefined
  return {
    ...found,
    params: Object.fromEntries(
      readPairs(sql, 'params', runId).map(([key, text]) => [key, parseJsonOrText(text)]),
    ),
    tags: Object.fromEntries(readPairs(sql, 'tags', runId)),
    series: readRunSeries(database, runId),
    arrays: summariseArrays(database, runId),
    refusals: readRefusals(sql, runId),
    events: readEvents(sql, runId),
  }
}

/** Rows of a table of keys and values of a run, by key. */
export function readPairs(sql: Sql, table: 'params' | 'tags', runId: RunId): (readonly [string, string])[] {
  return sql.all(`select key, value from ${table} where run_id = ? order by key`, [runId], (row) => [
    row.text(0),
    row.text(1),
  ])
}

function readRefusals(sql: Sql, runId: RunId): readonly Refusal[] {
  return sql.all(
    'select key, reason, count, example from refusals where run_id = ? order by key, reason',
    [runId],
    (row) => ({
      key: row.text(0),
      reason: parseReason(row.text(1)),
      count: row.number(2),
      example: row.text(3),
    }),
  )
}

/** Of a kind this Kymo does not know it is what somebody said. */
export function readEvents(sql: Sql, runId: RunId): readonly RunEvent[] {
  return sql.all(
    'select time, kind, text, until, step from events where run_id = ? order by time, kind, text',
    [runId],
    (row) => ({
      time: row.number(0),
      kind: EVENT_KINDS.find((kind) => kind === row.text(1)) ?? 'mark',
      text: row.text(2),
      until: row.numberOrNull(3),
      step: row.numberOrNull(4),
    }),
  )
}

function parseReason(text: string): RefusalReason {
  return REFUSAL_REASONS.find((reason) => reason === text) ?? 'value-not-a-number'
}

function parseObject(text: string): JsonObject {
  const value = parseJson(text)
  return isJsonObject(value) ? value : {}
}
