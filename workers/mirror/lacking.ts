import { TEXT } from '../../src/model/column.ts'
import type { ExperimentOnDisk } from '../../src/protocol/disk-api.ts'
import type { Sql } from '../db/sql.ts'
import type { ListedExperiment } from './messages.ts'

/** Experiments on the disk of which no run is known here, not even one in the bin. */
export function findLacking(sql: Sql, listed: readonly ListedExperiment[]): readonly ExperimentOnDisk[] {
  const runIds = JSON.stringify(listed.flatMap((experiment) => experiment.runIds))
  const known = new Set(
    sql.column('select id from runs where id in (select value from json_each(?))', [runIds], TEXT),
  )
  return listed
    .filter((experiment) => experiment.runs > 0 && !experiment.runIds.some((runId) => known.has(runId)))
    .map(({ file, name, runs }) => ({ file, name, runs }))
}
