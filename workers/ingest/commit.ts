import type { Database } from '../db/database.ts'
import { checkpoint } from './checkpoint.ts'
import { restore } from './restore.ts'

/**
 * Commits the open transaction with all that is in memory; no effect when none is open.
 *
 * Errors: throws when it fails; then everything is as it was acknowledged before.
 */
export function commit(database: Database, now: number): void {
  const { sql, log } = database
  if (!sql.isInTransaction) return
  undoOnFailure(database, () => {
    checkpoint(database, now)
    sql.commit()
  })
  log?.restart()
}

/** Does work that changes memory or the open transaction; a failure of it is undone before it is thrown on. */
export function undoOnFailure<T>(database: Database, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    restore(database)
    throw cause
  }
}
