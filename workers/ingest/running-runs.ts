import type { RunId } from '../../src/model/units.ts'
import { runLock } from '../../src/protocol/version.ts'
import type { Database } from '../db/database.ts'
import { deleteUploads } from './uploads.ts'

/** A run that is running, as far as is known, and the lock that shows whether it is. */
export interface RunningRun {
  readonly runId: RunId
  readonly lock: string
}

/** The runs whose status is running, whether or not anyone still logs them. */
export function readRunningRuns({ sql }: Database): readonly RunningRun[] {
  return sql.all("select id, lock from runs where status = 'running'", [], (row) => ({
    runId: row.text(0),
    lock: row.textOrNull(1) ?? runLock(row.text(0)),
  }))
}

const MARK_KILLED = `update runs set status = 'killed', ended_at = coalesce(
  (select max(last_time) from series where run_id = runs.id), started_at) where id = ? and status = 'running'`

/** Marks a run that stopped without saying so as killed at its last point; false when it was not running. */
export function markRunKilled({ sql }: Database, runId: RunId): boolean {
  return sql.transaction(() => {
    sql.run(MARK_KILLED, runId)
    const wasRunning = (sql.first('select changes()', [], (row) => row.number(0)) ?? 0) > 0
    if (wasRunning) deleteUploads(sql, runId)
    return wasRunning
  })
}
