import { isJsonObject, parseJson, toJsonValue } from '../../src/model/json.ts'
import type { Change, Refusal } from '../../src/model/log-batch.ts'
import type { Params } from '../../src/model/run.ts'
import type { RunId } from '../../src/model/units.ts'
import type { Sql } from '../db/sql.ts'
import { startRun, writeParams, writeTags } from './run-start.ts'

/** Every run a change speaks of, the one it starts too. */
export function runIdsOf(change: Change): readonly RunId[] {
  switch (change.type) {
    case 'startRun':
      return [change.run.id]
    case 'removeRuns':
    case 'restoreRuns':
      return change.runIds
    default:
      return [change.runId]
  }
}

/** Applies a change to runs that exist; `lock` shows that a run it starts or resumes lives. */
export function applyChange(sql: Sql, change: Change, lock: string | null): void {
  switch (change.type) {
    case 'startRun':
      return startRun(sql, change.run, lock)
    case 'resumeRun':
      return sql.run(
        "update runs set status = 'running', ended_at = null, lock = ? where id = ?",
        lock,
        change.runId,
      )
    case 'endRun':
      return sql.run(
        'update runs set status = ?, ended_at = ? where id = ?',
        change.status,
        change.endedAt,
        change.runId,
      )
    case 'setParams':
      return writeParams(sql, change.runId, change.params)
    case 'setTags':
      return writeTags(sql, change.runId, change.tags)
    case 'setSummary':
      return mergeSummary(sql, change.runId, change.summary)
    case 'setEnvironment':
      return sql.run(
        'update runs set environment = ? where id = ?',
        JSON.stringify(toJsonValue(change.environment)),
        change.runId,
      )
    case 'setRunName':
      return sql.run('update runs set name = ? where id = ?', change.name, change.runId)
    case 'setRunNotes':
      return sql.run('update runs set notes = ? where id = ?', change.notes, change.runId)
    case 'setRunColor':
      return sql.run('update runs set color = ? where id = ?', change.color, change.runId)
    case 'addRefusals':
      return addRefusals(sql, change.runId, change.refusals)
    case 'removeRuns':
      return setRemovedAt(sql, change.runIds, change.removedAt)
    case 'restoreRuns':
      return setRemovedAt(sql, change.runIds, null)
  }
}

function mergeSummary(sql: Sql, runId: RunId, summary: Params): void {
  const text = sql.first('select summary from runs where id = ?', [runId], (row) => row.text(0))
  const known = text === undefined ? undefined : parseJson(text)
  const merged = { ...(isJsonObject(known) ? known : {}), ...summary }
  sql.run('update runs set summary = ? where id = ?', JSON.stringify(toJsonValue(merged)), runId)
}

const ADD_REFUSAL = `insert into refusals (run_id, key, reason, count, example) values (?, ?, ?, ?, ?)
  on conflict do update set count = count + excluded.count, example = excluded.example`

function addRefusals(sql: Sql, runId: RunId, refusals: readonly Refusal[]): void {
  for (const { key, reason, count, example } of refusals)
    sql.run(ADD_REFUSAL, runId, key, reason, count, example)
}

function setRemovedAt(sql: Sql, runIds: readonly RunId[], removedAt: number | null): void {
  for (const runId of runIds) sql.run('update runs set removed_at = ? where id = ?', removedAt, runId)
}
