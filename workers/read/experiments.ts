import type { ExperimentRow } from '../../src/protocol/runs-api.ts'
import type { Database } from '../db/database.ts'

const READ_EXPERIMENTS = `select e.id, e.name, e.notes, e.created_at, count(*), sum(r.status = 'running'),
  max(r.started_at) as last_started_at
  from experiments e join runs r on r.experiment_id = e.id and r.removed_at is null
  group by e.id order by last_started_at desc, e.rowid desc`

/** The experiments that have runs, the one with the newest run first. */
export function readExperiments({ sql }: Database): readonly ExperimentRow[] {
  return sql.all(READ_EXPERIMENTS, [], (row) => ({
    id: row.text(0),
    name: row.text(1),
    notes: row.text(2),
    createdAt: row.number(3),
    runCount: row.number(4),
    runningCount: row.number(5),
    lastStartedAt: row.number(6),
  }))
}

/** How many runs lie in the bin. */
export function countRemoved({ sql }: Database): number {
  return sql.first('select count(*) from runs where removed_at is not null', [], (row) => row.number(0)) ?? 0
}
