import type { AlertRule } from '../../src/model/alert.ts'
import type { Direction } from '../../src/model/experiment.ts'
import type { ExperimentId, RunId, UnixMs } from '../../src/model/units.ts'
import type { Sql } from '../db/sql.ts'

/** Keeps a view under a name, or takes it away; that of an experiment that is not there is dropped. */
export function saveView(sql: Sql, experimentId: ExperimentId, name: string, view: string | null): void {
  if (view === null) sql.run('delete from views where experiment_id = ? and name = ?', experimentId, name)
  else
    sql.run(
      'insert or replace into views select id, ?, ? from experiments where id = ?',
      name,
      view,
      experimentId,
    )
}

/** Notes which way a metric improves, or forgets it. */
export function setDirection(
  sql: Sql,
  experimentId: ExperimentId,
  key: string,
  direction: Direction | null,
): void {
  if (direction === null)
    sql.run('delete from directions where experiment_id = ? and key = ?', experimentId, key)
  else
    sql.run(
      'insert or replace into directions select id, ?, ? from experiments where id = ?',
      key,
      direction,
      experimentId,
    )
}

/** Watches a metric of all runs of an experiment, or no longer. */
export function setAlert(sql: Sql, experimentId: ExperimentId, id: string, rule: AlertRule | null): void {
  if (rule === null) sql.run('delete from alerts where experiment_id = ? and id = ?', experimentId, id)
  else
    sql.run(
      'insert or replace into alerts select id, ?, ? from experiments where id = ?',
      id,
      JSON.stringify(rule),
      experimentId,
    )
}

/** null brings them back among the runs one looks at. */
export function setArchivedAt(sql: Sql, runIds: readonly RunId[], archivedAt: UnixMs | null): void {
  for (const runId of runIds) sql.run('update runs set archived_at = ? where id = ?', archivedAt, runId)
}
