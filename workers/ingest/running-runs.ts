import { NUMBER, TEXT, TEXT_OR_NULL } from '../../src/model/column.ts'
import type { RunId } from '../../src/model/units.ts'
import { runLock } from '../../src/protocol/version.ts'
import type { Database } from '../db/database.ts'
import { deleteUploads } from './uploads.ts'

/** A run that is running, as far as is known, and the lock that shows whether it is. */
export interface RunningRun {
  readonly runId: RunId
  readonly lock: string
}

const LOCKED = { id: TEXT, lock: TEXT_OR_NULL } as const

/** The runs whose status is running, whether or not anyone still logs them. */
export function readRunningRuns({ sql }: Database): readonly RunningRun[] {
  return sql.map("select id, lock from runs where status = 'running'", [], LOCKED, ({ id, lock }) => ({
    runId: id,
    lock: lock ?? runLock(id),
  }))
}

const MARK_KILLED = `update runs set status = 'killed', ended_at = coalesce(
  (select max(last_time) from series where run_id = runs.id), started_at) where id = ? and status = 'running'`

/** Marks a run that stopped without saying so as killed at its last point; false when it was not running. */
export function markRunKilled({ sql }: Database, runId: RunId): boolean {
  return sql.transaction(() => {
    sql.run(MARK_KILLED, runId)
    const wasRunning = (sql.value('select changes()', [], NUMBER) ?? 0) > 0
    if (wasRunning) deleteUploads(sql, runId)
    return wasRunning
  })
}
