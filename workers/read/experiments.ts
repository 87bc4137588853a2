import { EXPERIMENT_COLUMNS } from '../../src/model/experiment.ts'
import { INTEGER, NUMBER, REAL } from '../../src/model/column.ts'
import type { ExperimentRow } from '../../src/protocol/runs-api.ts'
import type { Database } from '../db/database.ts'

const READ_EXPERIMENTS = `select e.id, e.name, e.notes, e.created_at, count(*) as run_count,
  sum(r.status = 'running') as running_count,
  max(r.started_at) as last_started_at
  from experiments e join runs r on r.experiment_id = e.id and r.removed_at is null
  group by e.id order by last_started_at desc, e.rowid desc`

const EXPERIMENT_ROW = {
  ...EXPERIMENT_COLUMNS,
  runCount: INTEGER,
  runningCount: INTEGER,
  lastStartedAt: REAL,
} as const

/** The experiments that have runs, the one with the newest run first. */
export function readExperiments({ sql }: Database): readonly ExperimentRow[] {
  return sql.all(READ_EXPERIMENTS, [], EXPERIMENT_ROW)
}

/** How many runs lie in the bin. */
export function countRemoved({ sql }: Database): number {
  return sql.value('select count(*) from runs where removed_at is not null', [], NUMBER) ?? 0
}
