import { TEXT, TEXT_OR_NULL } from '../../src/model/column.ts'
import type { EndStatus } from '../../src/model/run.ts'
import type { RunId, UnixMs } from '../../src/model/units.ts'
import { runLock } from '../../src/protocol/version.ts'
import type { Sql } from '../db/sql.ts'

/**
 * A run may be logged by several pages and workers. It is running until the last of them ended its part or died, and ends as
 * that one says. `runs.lock` is the locks of those who have not, a line each.
 */
const RUNNING = { lock: TEXT_OR_NULL, status: TEXT } as const

/** Of a running run; none of one that is not. */
export function readLocks(sql: Sql, runId: RunId): readonly string[] {
  const run = sql.first('select lock, status from runs where id = ?', [runId], RUNNING)
  return run?.status === 'running' ? toLocks(runId, run.lock) : []
}

/** Whoever logged before there were locks of pages and workers holds one of the run. */
export function toLocks(runId: RunId, lock: string | null): readonly string[] {
  return lock === null ? [runLock(runId)] : lock.split('\n')
}

/** One more goes on with a run, which is running from now on. */
export function joinRun(sql: Sql, runId: RunId, lock: string | null): void {
  const locks = new Set([...readLocks(sql, runId), ...toLocks(runId, lock)])
  sql.run(
    "update runs set status = 'running', ended_at = null, lock = ? where id = ?",
    [...locks].join('\n'),
    runId,
  )
}

/** Takes one of several away from a running run; false when there is no other. */
export function leaveRun(sql: Sql, runId: RunId, lock: string | null): boolean {
  const locks = readLocks(sql, runId)
  const others = locks.filter((each) => each !== lock)
  if (others.length === 0 || others.length === locks.length) return false
  sql.run('update runs set lock = ? where id = ?', others.join('\n'), runId)
  return true
}

/** Ends the part of one, and the run with the last of them. */
export function endRun(
  sql: Sql,
  runId: RunId,
  status: EndStatus,
  endedAt: UnixMs,
  lock: string | null,
): void {
  if (leaveRun(sql, runId, lock)) return
  sql.run('update runs set status = ?, ended_at = ? where id = ?', status, endedAt, runId)
}
