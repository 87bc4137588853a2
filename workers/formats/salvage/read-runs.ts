import { bornWith } from '../../../src/model/run.ts'
import { TABLES } from '../../../src/protocol/public-schema.ts'
import { REAL_OR_NULL, TEXT, type RowOf } from '../../../src/model/column.ts'
import { DIRECTIONS, type Experiment } from '../../../src/model/experiment.ts'
import { parseJsonOrText, type JsonValue } from '../../../src/model/json.ts'
import type { Change } from '../../../src/model/log-batch.ts'
import type { RunId, UnixMs } from '../../../src/model/units.ts'
import type { Sql } from '../../db/sql.ts'
import { holdsArrangement, holdsParamChanges } from '../kymo-db/trust.ts'
import { parseExperiment, parseRunRecord, type UnparsedRun } from '../parse-run.ts'
import { runToChanges } from '../run-changes.ts'
import { scanQuery, scanTable } from './scan.ts'

const RUN_ROW = { ...TABLES.runs, removedAt: REAL_OR_NULL } as const
type RunRow = RowOf<typeof RUN_ROW>

/** Everything that must be said for the runs of a damaged database to be there again, run by run. */
export function* readDamagedRuns(sql: Sql): Generator<readonly Change[]> {
  const experiments = readExperiments(sql)
  const runs: RunRow[] = []
  const isArranged = holdsArrangement(sql)
  scanTable(sql, 'runs', RUN_ROW, (row) => {
    const run = { ...row }
    // Rows that are none are refused here, where the scan counts them.
    parseRunRecord({ ...NOTHING_SAID, run })
    runs.push(run)
  })
  for (const row of runs.toSorted((a, b) => a.startedAt - b.startedAt)) {
    const { removedAt } = row
    const record = parseRunRecord(withPairs(sql, row, isArranged))
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
  const views = 'select experiment_id, name, view from views'
  scanQuery(sql, views, ['experiment_id', 'name'], [], TABLES.views, (row) => {
    changes.push({ type: 'saveView', ...row })
  })
  const directions = 'select experiment_id, key, direction from directions'
  scanQuery(sql, directions, ['experiment_id', 'key'], [], TABLES.directions, (row) => {
    const direction = DIRECTIONS.find((each) => each === row.direction)
    if (direction === undefined) return
    changes.push({ type: 'setDirection', experimentId: row.experimentId, key: row.key, direction })
  })
  return changes
}

function readExperiments(sql: Sql): ReadonlyMap<string, Experiment> {
  const experiments = new Map<string, Experiment>()
  scanTable(sql, 'experiments', TABLES.experiments, (row) => {
    experiments.set(row.id, parseExperiment({ ...row }))
  })
  return experiments
}

const NOTHING_SAID = {
  params: {},
  paramChanges: {},
  tags: {},
  summary: {},
  refusals: [],
  events: [],
} as const

function withPairs(sql: Sql, run: RunRow, isArranged: boolean): UnparsedRun {
  const { id, summary } = run
  const params: Record<string, JsonValue> = {}
  const paramChanges: Record<string, JsonValue> = {}
  const changed = holdsParamChanges(sql)
    ? 'first_value, changed_at_step'
    : 'null as first_value, null as changed_at_step'
  const ofRun = `select key, value, ${changed} from params where run_id = ?`
  scanQuery(sql, ofRun, ['key'], [id], PARAM_ROW, ({ key, value, firstValue, changedAtStep: step }) => {
    params[key] = parseJsonOrText(value)
    if (firstValue !== null) paramChanges[key] = { first: parseJsonOrText(firstValue), step }
  })
  const tags: Record<string, string> = {}
  scanQuery(sql, 'select key, value from tags where run_id = ?', ['key'], [id], PAIR_ROW, (row) => {
    tags[row.key] = row.value
  })
  const refusals = new Map<string, RowOf<typeof REFUSAL_ROW>>()
  const query = 'select key, reason, count, example from refusals where run_id = ?'
  scanQuery(sql, query, ['key', 'reason'], [id], REFUSAL_ROW, (row) => {
    refusals.set(`${row.key} ${row.reason}`, { ...row })
  })
  const events: RowOf<typeof HAPPENED>[] = []
  if (isArranged) {
    const all = 'select time, kind, text, until, step from events where run_id = ?'
    scanQuery(sql, all, ['time', 'kind', 'text'], [id], HAPPENED, (row) => events.push({ ...row }))
  }
  return {
    run,
    params,
    paramChanges: holdsParamChanges(sql) ? paramChanges : undefined,
    tags,
    summary,
    refusals: [...refusals.values()],
    events,
  }
}

const PAIR_ROW = { key: TEXT, value: TEXT } as const
const { runId: _given, ...PARAM_ROW } = TABLES.params
const { runId: _refused, ...REFUSAL_ROW } = TABLES.refusals
const { runId: _happened, ...HAPPENED } = TABLES.events

function unnamedExperiment(id: string, createdAt: UnixMs): Experiment {
  return { id, name: 'Recovered', notes: '', createdAt }
}

/** A run of which only points, arrays or later words are left. */
export function unnamedRun(id: RunId, startedAt: UnixMs): Change {
  return {
    type: 'startRun',
    run: {
      experiment: { name: 'Recovered' },
      params: {},
      tags: {},
      ...bornWith({
        id,
        name: `Recovered ${id.slice(0, 8)}`,
        startedAt,
        notes: 'The database was damaged. The name and the params of this run could not be read any more.',
      }),
    },
  }
}
