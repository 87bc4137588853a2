import { TEXT, TEXT_OR_NULL } from '../../src/model/column.ts'
import { ENVIRONMENT_BUDGET, PARAM_BUDGET, cutJson, cutObject, withSlack } from '../../src/model/json-cut.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { RunStart } from '../../src/model/log-batch.ts'
import { RUN_COLUMNS, type EndStatus, type Params, type Tags } from '../../src/model/run.ts'
import type { ExperimentId, RunId, Step, UnixMs } from '../../src/model/units.ts'
import { makeInsert } from '../db/insert.ts'
import type { Sql } from '../db/sql.ts'
import { joinRun } from './run-locks.ts'

const { archivedAt: _archived, ...RUN_ROW } = RUN_COLUMNS
const insertRun = makeInsert('runs', { ...RUN_ROW, lock: TEXT_OR_NULL })

/** How a run ended that was over before it was stored. */
export interface RunEnd {
  readonly status: EndStatus
  readonly endedAt: UnixMs
}

/**
 * Inserts a run and answers true; of a run that is there already only params and tags are merged, so a resend changes
 * nothing. Where another started it again, it is running from now on. `experiments` remembers those of the runs before.
 */
export function startRun(
  sql: Sql,
  run: RunStart,
  lock: string | null,
  end: RunEnd | undefined,
  experiments: Map<string, ExperimentId>,
): boolean {
  const isNew = !isRunKnown(sql, run.id)
  if (!isNew && lock !== null && isStartedAgain(sql, run)) joinRun(sql, run.id, lock)
  if (isNew) {
    insertRun(sql, {
      ...run,
      experimentId: knownExperiment(sql, run, experiments),
      status: end?.status ?? 'running',
      endedAt: end?.endedAt ?? null,
      environment: boundedEnvironment(run.environment),
      lock,
    })
  }
  writeParams(sql, run.id, run.params)
  writeTags(sql, run.id, run.tags)
  return isNew
}

/** Whether this is no start that is said again: the run is running, or was started at another time. */
function isStartedAgain(sql: Sql, { id, startedAt }: RunStart): boolean {
  return sql.exists("select 1 from runs where id = ? and (status = 'running' or started_at <> ?)", [
    id,
    startedAt,
  ])
}

export function isRunKnown(sql: Sql, runId: RunId): boolean {
  return sql.exists('select 1 from runs where id = ?', [runId])
}

const WRITE_PARAM = `insert into params (run_id, key, value) values (?1, ?2, ?3)
  on conflict (run_id, key) do update set value = excluded.value,
  first_value = iif(?4, coalesce(first_value, value), first_value), changed_at_step = ?5
  where value <> excluded.value`

/** Of those that were set at a step, null for one nobody knows, what they were at first stays known. */
export function writeParams(sql: Sql, runId: RunId, params: Params, step?: Step | null): void {
  for (const [key, value] of Object.entries(params)) {
    sql.run(
      WRITE_PARAM,
      runId,
      key,
      JSON.stringify(cutJson(value, STORED_PARAM).value),
      step === undefined ? 0 : 1,
      step ?? null,
    )
  }
}

/** Files and clients of other versions may say anything: what no reader could show is cut here. */
const STORED_PARAM = withSlack(PARAM_BUDGET)
const STORED_ENVIRONMENT = withSlack(ENVIRONMENT_BUDGET)

export function boundedEnvironment(environment: JsonObject): JsonObject {
  return cutObject(environment, STORED_ENVIRONMENT).value
}

export function boundedSummary(summary: Params): JsonObject {
  return cutObject(summary, STORED_PARAM).value
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

function knownExperiment(sql: Sql, run: RunStart, experiments: Map<string, ExperimentId>): ExperimentId {
  const { id, name } = run.experiment
  const key = id === undefined ? `name ${name}` : `id ${id}`
  const known = experiments.get(key)
  if (known !== undefined) return known
  const found = experimentOf(sql, run)
  experiments.set(key, found)
  return found
}

/** The oldest of that name; undefined when there is none. */
export function findExperiment(sql: Sql, name: string): ExperimentId | undefined {
  return sql.value(
    'select id from experiments where name = ? order by created_at, rowid limit 1',
    [name],
    TEXT,
  )
}

/** The experiment by id when one is given, else the oldest of that name, else a new one, by the id of this first run. */
function experimentOf(sql: Sql, { id: runId, experiment, startedAt }: RunStart): ExperimentId {
  const { id, name } = experiment
  const known =
    id === undefined
      ? findExperiment(sql, name)
      : sql.value('select id from experiments where id = ?', [id], TEXT)
  if (known !== undefined) return known
  // The log may be applied again after a crash, and must give the same.
  const created = id ?? runId
  sql.run(
    'insert into experiments (id, name, notes, created_at) values (?, ?, ?, ?)',
    created,
    name,
    experiment.notes ?? '',
    experiment.createdAt ?? startedAt,
  )
  return created
}
