import { NUMBER, TEXT, TEXT_OR_NULL } from '../../src/model/column.ts'
import type { RunId } from '../../src/model/units.ts'
import type { Database } from '../db/database.ts'
import { leaveRun, toLocks } from './run-locks.ts'
import { deleteUploads } from './uploads.ts'

/** A run that is running, as far as is known, and the lock that shows whether it is. */
export interface RunningRun {
  readonly runId: RunId
  readonly lock: string
}

const LOCKED = { id: TEXT, lock: TEXT_OR_NULL } as const

/** The runs whose status is running, whether or not anyone still logs them; once for everyone who does. */
export function readRunningRuns({ sql }: Database): readonly RunningRun[] {
  return sql
    .all("select id, lock from runs where status = 'running'", [], LOCKED)
    .flatMap(({ id, lock }) => toLocks(id, lock).map((each) => ({ runId: id, lock: each })))
}

const MARK_KILLED = `update runs set status = 'killed', ended_at = coalesce(
  (select max(last_time) from series where run_id = runs.id), started_at) where id = ? and status = 'running'`

/**
 * Marks a run that stopped without saying so as killed at its last point; false when it was not running, or is still logged by
 * others than the one that held `lock`.
 */
export function markRunKilled({ sql }: Database, runId: RunId, lock: string | null = null): boolean {
  return sql.transaction(() => {
    if (leaveRun(sql, runId, lock)) return false
    sql.run(MARK_KILLED, runId)
    const wasRunning = (sql.value('select changes()', [], NUMBER) ?? 0) > 0
    if (wasRunning) deleteUploads(sql, runId)
    return wasRunning
  })
}
