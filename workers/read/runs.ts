import { isRunStatus } from '../../src/model/run.ts'
import type { RunStatus } from '../../src/model/run.ts'
import type { ExperimentId } from '../../src/model/units.ts'
import type { RunColumns } from '../../src/protocol/tracker-api.ts'
import type { Database } from '../db/database.ts'

const READ_RUNS = `select r.id, r.name, r.status, r.started_at, r.ended_at, r.color, r.group_name,
  coalesce((select sum(f.count) from refusals f where f.run_id = r.id), 0)
  from runs r where r.experiment_id = ? and r.removed_at is null order by r.started_at desc, r.rowid desc`

/** The runs of an experiment, newest start first. */
export function readRuns({ sql }: Database, experimentId: ExperimentId): RunColumns {
  const rows = sql.all(READ_RUNS, [experimentId], (row) => ({
    id: row.text(0),
    name: row.text(1),
    status: parseStatus(row.text(2)),
    startedAt: row.number(3),
    endedAt: row.number(4),
    color: row.textOrNull(5),
    groupName: row.textOrNull(6),
    refusedCount: row.number(7),
  }))
  return {
    id: rows.map((row) => row.id),
    name: rows.map((row) => row.name),
    status: rows.map((row) => row.status),
    startedAt: Float64Array.from(rows, (row) => row.startedAt),
    endedAt: Float64Array.from(rows, (row) => row.endedAt),
    color: rows.map((row) => row.color),
    groupName: rows.map((row) => row.groupName),
    refusedCount: Float64Array.from(rows, (row) => row.refusedCount),
  }
}

/** A status this Kymo does not know is that of a run nobody logs. */
export function parseStatus(text: string): RunStatus {
  return isRunStatus(text) ? text : 'killed'
}
