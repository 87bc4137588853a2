import { INTEGER, NUMBER } from '../../src/model/column.ts'
import { RUN_COLUMNS } from '../../src/model/run.ts'
import type { ExperimentId, RunId } from '../../src/model/units.ts'
import type { RunColumns } from '../../src/protocol/runs-api.ts'
import type { Database } from '../db/database.ts'
import { readParamChanges } from './param-changes.ts'

const READ_RUNS = `with placed as
  (select *, rowid as at, row_number() over (order by started_at, rowid) - 1 as place from runs where experiment_id = ?1)
  select r.id, r.name, r.status, r.started_at, r.ended_at, r.color, r.group_name,
  coalesce((select sum(f.count) from refusals f where f.run_id = r.id), 0) as refused_count, r.place
  from placed r where r.removed_at is null
  and case when ?2 is null then r.archived_at is null else r.id in (select value from json_each(?2)) end
  order by r.started_at desc, r.at desc`

const { id, name, status, startedAt, color, groupName } = RUN_COLUMNS
const LISTED = {
  id,
  name,
  status,
  startedAt,
  /** NaN while running. */
  endedAt: NUMBER,
  color,
  groupName,
  refusedCount: INTEGER,
  place: INTEGER,
} as const

/** The runs of an experiment that are not archived, or those of them in a list, newest start first. */
export function readRuns(
  { sql }: Database,
  experimentId: ExperimentId,
  runIds: readonly RunId[] | null = null,
): RunColumns {
  const listed = runIds === null ? null : JSON.stringify(runIds)
  const rows = sql.all(READ_RUNS, [experimentId, listed], LISTED)
  const changes = readParamChanges(
    sql,
    rows.map((row) => row.id),
  )
  return {
    id: rows.map((row) => row.id),
    name: rows.map((row) => row.name),
    status: rows.map((row) => row.status),
    startedAt: Float64Array.from(rows, (row) => row.startedAt),
    endedAt: Float64Array.from(rows, (row) => row.endedAt),
    color: rows.map((row) => row.color),
    groupName: rows.map((row) => row.groupName),
    refusedCount: Float64Array.from(rows, (row) => row.refusedCount),
    place: Float64Array.from(rows, (row) => row.place),
    paramChanges: rows.map((row) => changes.get(row.id) ?? null),
  }
}
