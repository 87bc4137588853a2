import { DIRECTIONS, type Experiment } from '../../../src/model/experiment.ts'
import { parseJson, parseJsonOrText, type JsonValue } from '../../../src/model/json.ts'
import type { Change } from '../../../src/model/log-batch.ts'
import type { RunId, UnixMs } from '../../../src/model/units.ts'
import type { Row, Sql } from '../../db/sql.ts'
import { holdsArrangement } from '../kymo-db/trust.ts'
import { parseExperiment, parseRunRecord } from '../parse-run.ts'
import { runToChanges } from '../run-changes.ts'
import { scanQuery, scanTable } from './scan.ts'

const RUN_COLUMNS = `id, experiment_id, name, status, started_at, ended_at, group_name, job_type, parent_run_id,
  forked_at_step, notes, color, environment, summary, removed_at`
const ARCHIVED = ', archived_at'

/** Everything that must be said for the runs of a damaged database to be there again, run by run. */
export function* readDamagedRuns(sql: Sql): Generator<readonly Change[]> {
  const experiments = readExperiments(sql)
  const runs: { readonly startedAt: UnixMs; readonly value: JsonValue; readonly removedAt: number | null }[] =
    []
  const isArranged = holdsArrangement(sql)
  scanTable(sql, 'runs', `${RUN_COLUMNS}${isArranged ? ARCHIVED : ', null'}`, (row) => {
    const value = rowToRun(row)
    // Rows that are none are refused here, where the scan counts them.
    const { run } = parseRunRecord({
      run: value,
      params: {},
      tags: {},
      summary: {},
      refusals: [],
      events: [],
    })
    runs.push({ startedAt: run.startedAt, value, removedAt: row.numberOrNull(15) })
  })
  for (const { value, removedAt } of runs.toSorted((a, b) => a.startedAt - b.startedAt)) {
    const record = parseRunRecord(withPairs(sql, value, isArranged))
    const { id, experimentId, startedAt } = record.run
    const experiment = experiments.get(experimentId) ?? unnamedExperiment(experimentId, startedAt)
    const changes = runToChanges(record, experiment)
    if (removedAt !== null) changes.push({ type: 'removeRuns', runIds: [id], removedAt })
    yield changes
  }
  if (isArranged) yield readArranged(sql)
}

/** One by one: what is kept of an experiment that did not come over is dropped. */
function readArranged(sql: Sql): readonly Change[] {
  const changes: Change[] = []
  scanQuery(sql, 'select experiment_id, name, view from views', ['experiment_id', 'name'], [], (row) => {
    changes.push({ type: 'saveView', experimentId: row.text(0), name: row.text(1), view: row.text(2) })
  })
  const directions = 'select experiment_id, key, direction from directions'
  scanQuery(sql, directions, ['experiment_id', 'key'], [], (row) => {
    const direction = DIRECTIONS.find((each) => each === row.text(2))
    if (direction === undefined) return
    changes.push({ type: 'setDirection', experimentId: row.text(0), key: row.text(1), direction })
  })
  return changes
}

function readExperiments(sql: Sql): ReadonlyMap<string, Experiment> {
  const experiments = new Map<string, Experiment>()
  scanTable(sql, 'experiments', 'id, name, notes, created_at', (row) => {
    const [id, name, notes, createdAt] = [row.text(1), row.text(2), row.text(3), row.number(4)]
    experiments.set(id, parseExperiment({ id, name, notes, createdAt }))
  })
  return experiments
}

function rowToRun(row: Row): Record<string, JsonValue> {
  return {
    id: row.text(1),
    experimentId: row.text(2),
    name: row.text(3),
    status: row.text(4),
    startedAt: row.number(5),
    endedAt: row.numberOrNull(6),
    groupName: row.textOrNull(7),
    jobType: row.textOrNull(8),
    parentRunId: row.textOrNull(9),
    forkedAtStep: row.numberOrNull(10),
    notes: row.text(11),
    color: row.textOrNull(12),
    environment: parseJson(row.text(13)) ?? {},
    archivedAt: row.numberOrNull(16),
    summary: parseJson(row.text(14)) ?? {},
  }
}

function withPairs(sql: Sql, value: JsonValue, isArranged: boolean): JsonValue {
  const run = value as Record<string, JsonValue>
  const id = String(run['id'])
  const params: Record<string, JsonValue> = {}
  scanQuery(sql, 'select key, value from params where run_id = ?', ['key'], [id], (row) => {
    params[row.text(0)] = parseJsonOrText(row.text(1))
  })
  const tags: Record<string, JsonValue> = {}
  scanQuery(sql, 'select key, value from tags where run_id = ?', ['key'], [id], (row) => {
    tags[row.text(0)] = row.text(1)
  })
  const refusals = new Map<string, JsonValue>()
  const query = 'select key, reason, count, example from refusals where run_id = ?'
  scanQuery(sql, query, ['key', 'reason'], [id], (row) => {
    const [key, reason, count, example] = [row.text(0), row.text(1), row.number(2), row.text(3)]
    refusals.set(`${key} ${reason}`, { key, reason, count, example })
  })
  const events: JsonValue[] = []
  if (isArranged) {
    const all = 'select time, kind, text, until, step from events where run_id = ?'
    scanQuery(sql, all, ['time', 'kind', 'text'], [id], (row) => {
      const [time, kind, text, until] = [row.number(0), row.text(1), row.text(2), row.numberOrNull(3)]
      events.push({ time, kind, text, until, step: row.numberOrNull(4) })
    })
  }
  return { run, params, tags, summary: run['summary'] ?? {}, refusals: [...refusals.values()], events }
}

function unnamedExperiment(id: string, createdAt: UnixMs): Experiment {
  return { id, name: 'Recovered', notes: '', createdAt }
}

/** A run of which only points, arrays or later words are left. */
export function unnamedRun(id: RunId, startedAt: UnixMs): Change {
  return {
    type: 'startRun',
    run: {
      id,
      experiment: { name: 'Recovered' },
      name: `Recovered ${id.slice(0, 8)}`,
      startedAt,
      params: {},
      tags: {},
      notes: 'The database was damaged. The name and the params of this run could not be read any more.',
      environment: {},
      groupName: null,
      jobType: null,
      parentRunId: null,
      forkedAtStep: null,
      color: null,
    },
  }
}
