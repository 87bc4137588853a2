import { TEXT } from '../../src/model/column.ts'
import { isJsonObject, parseJson } from '../../src/model/json.ts'
import type { ConsoleLine } from '../../src/model/console-line.ts'
import type { Change, Refusal } from '../../src/model/log-batch.ts'
import type { Params, RunEvent } from '../../src/model/run.ts'
import type { ExperimentId, RunId } from '../../src/model/units.ts'
import type { Sql } from '../db/sql.ts'
import { saveView, setAlert, setArchivedAt, setDirection } from './arrange.ts'
import { applyArtifactChange } from './artifact-changes.ts'
import { endRun, joinRun } from './run-locks.ts'
import { boundedEnvironment, boundedSummary, startRun, writeParams, writeTags } from './run-start.ts'
import type { RunEnd } from './run-start.ts'

/**
 * Applies the changes of a batch in their order and answers the runs that are new; `lock` shows that those it starts or
 * resumes live. Cost: two look-ups and a row for a new run, the same when it has ended meanwhile.
 */
export function applyChanges(sql: Sql, changes: readonly Change[], lock: string | null): ReadonlySet<RunId> {
  const ends = endsOf(changes)
  const experiments = new Map<string, ExperimentId>()
  const born = new Set<RunId>()
  for (const change of changes) {
    if (change.type === 'startRun') {
      const { run } = change
      if (startRun(sql, run, lock, ends.get(run.id), experiments)) born.add(run.id)
    } else if (change.type !== 'endRun' || !born.has(change.runId) || !ends.has(change.runId)) {
      applyChange(sql, change, lock)
    }
  }
  return born
}

/** How the runs that are resumed nowhere in these changes end in them. */
function endsOf(changes: readonly Change[]): ReadonlyMap<RunId, RunEnd> {
  const ends = new Map<RunId, RunEnd>()
  for (const change of changes) if (change.type === 'endRun') ends.set(change.runId, change)
  for (const change of changes) if (change.type === 'resumeRun') ends.delete(change.runId)
  return ends
}

type ChangeOfRun = Exclude<Change, { readonly type: 'startRun' }>

function applyChange(sql: Sql, change: ChangeOfRun, lock: string | null): void {
  switch (change.type) {
    case 'resumeRun':
      return joinRun(sql, change.runId, lock)
    case 'endRun':
      return endRun(sql, change.runId, change.status, change.endedAt, lock)
    case 'setParams':
      return writeParams(sql, change.runId, change.params, change.step)
    case 'setTags':
      return writeTags(sql, change.runId, change.tags)
    case 'setSummary':
      return mergeSummary(sql, change.runId, change.summary)
    case 'setEnvironment':
      return sql.run(
        'update runs set environment = ? where id = ?',
        JSON.stringify(boundedEnvironment(change.environment)),
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
    case 'addEvents':
      return addEvents(sql, change.runId, change.events)
    case 'removeRuns':
      return setRemovedAt(sql, change.runIds, change.removedAt)
    case 'restoreRuns':
      return setRemovedAt(sql, change.runIds, null)
    case 'setRunGroup':
      return sql.run('update runs set group_name = ? where id = ?', change.groupName, change.runId)
    case 'archiveRuns':
      return setArchivedAt(sql, change.runIds, change.archivedAt)
    case 'unarchiveRuns':
      return setArchivedAt(sql, change.runIds, null)
    case 'saveView':
      return saveView(sql, change.experimentId, change.name, change.view)
    case 'setDirection':
      return setDirection(sql, change.experimentId, change.key, change.direction)
    case 'setAlert':
      return setAlert(sql, change.experimentId, change.id, change.rule)
    case 'addConsole':
      return addConsole(sql, change.runId, change.lines)
    default:
      return applyArtifactChange(sql, change)
  }
}

function mergeSummary(sql: Sql, runId: RunId, summary: Params): void {
  const text = sql.value('select summary from runs where id = ?', [runId], TEXT)
  const known = text === undefined ? undefined : parseJson(text)
  const merged = { ...(isJsonObject(known) ? known : {}), ...boundedSummary(summary) }
  sql.run('update runs set summary = ? where id = ?', JSON.stringify(merged), runId)
}

const ADD_REFUSAL = `insert into refusals (run_id, key, reason, count, example) values (?, ?, ?, ?, ?)
  on conflict do update set count = count + excluded.count, example = excluded.example`

function addRefusals(sql: Sql, runId: RunId, refusals: readonly Refusal[]): void {
  for (const { key, reason, count, example } of refusals)
    sql.run(ADD_REFUSAL, runId, key, reason, count, example)
}

function addEvents(sql: Sql, runId: RunId, events: readonly RunEvent[]): void {
  // Something that lasts may be told when it begins, and again when it is over.
  const add = `insert into events (run_id, time, kind, text, until, step) values (?, ?, ?, ?, ?, ?)
    on conflict do update set until = coalesce(excluded.until, until)`
  for (const { time, kind, text, until, step } of events) sql.run(add, runId, time, kind, text, until, step)
}

function addConsole(sql: Sql, runId: RunId, lines: readonly ConsoleLine[]): void {
  const add = 'insert into console_lines (run_id, time, step, level, text) values (?, ?, ?, ?, ?)'
  for (const { time, step, level, text } of lines) sql.run(add, runId, time, step, level, text)
}

function setRemovedAt(sql: Sql, runIds: readonly RunId[], removedAt: number | null): void {
  for (const runId of runIds) sql.run('update runs set removed_at = ? where id = ?', removedAt, runId)
}
