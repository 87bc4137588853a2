import { toJsonValue } from '../../src/model/json.ts'
import type { RunStart } from '../../src/model/log-batch.ts'
import type { Params, Tags } from '../../src/model/run.ts'
import { createId } from '../../src/model/units.ts'
import type { ExperimentId, RunId } from '../../src/model/units.ts'
import type { Sql } from '../db/sql.ts'

const INSERT_RUN = `insert into runs (id, experiment_id, name, status, started_at, group_name, job_type,
  parent_run_id, forked_at_step, notes, color, environment, lock)
  values (?, ?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** Inserts a run; of a run that is there already only params and tags are merged, so a resend changes nothing. */
export function startRun(sql: Sql, run: RunStart, lock: string | null): void {
  if (!isRunKnown(sql, run.id)) {
    sql.run(
      INSERT_RUN,
      run.id,
      experimentOf(sql, run),
      run.name,
      run.startedAt,
      run.groupName,
      run.jobType,
      run.parentRunId,
      run.forkedAtStep,
      run.notes,
      run.color,
      JSON.stringify(toJsonValue(run.environment)),
      lock,
    )
  }
  writeParams(sql, run.id, run.params)
  writeTags(sql, run.id, run.tags)
}

export function isRunKnown(sql: Sql, runId: RunId): boolean {
  return sql.first('select 1 from runs where id = ?', [runId], () => true) ?? false
}

export function writeParams(sql: Sql, runId: RunId, params: Params): void {
  for (const [key, value] of Object.entries(params)) {
    sql.run(
      'insert or replace into params (run_id, key, value) values (?, ?, ?)',
      runId,
      key,
      JSON.stringify(toJsonValue(value)),
    )
  }
}

export function writeTags(
  sql: Sql,
  runId: RunId,
  tags: Tags | Readonly<Record<string, string | null>>,
): void {
  for (const [key, value] of Object.entries(tags)) {
    if (value === null) sql.run('delete from tags where run_id = ? and key = ?', runId, key)
    else sql.run('insert or replace into tags (run_id, key, value) values (?, ?, ?)', runId, key, value)
  }
}

/** The experiment by id when one is given, else the oldest of that name, else a new one. */
function experimentOf(sql: Sql, { experiment, startedAt }: RunStart): ExperimentId {
  const { id, name } = experiment
  const known =
    id === undefined
      ? sql.first(
          'select id from experiments where name = ? order by created_at, rowid limit 1',
          [name],
          (row) => row.text(0),
        )
      : sql.first('select id from experiments where id = ?', [id], (row) => row.text(0))
  if (known !== undefined) return known
  const created = id ?? createId()
  sql.run(
    'insert into experiments (id, name, notes, created_at) values (?, ?, ?, ?)',
    created,
    name,
    experiment.notes ?? '',
    experiment.createdAt ?? startedAt,
  )
  return created
}
