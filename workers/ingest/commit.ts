import type { Database } from '../db/database.ts'
import { checkpoint } from './checkpoint.ts'
import { writeSomeArrays } from './deferred-arrays.ts'
import { restore } from './restore.ts'

/**
 * Commits the open transaction with all that is in memory; no effect when none is open.
 *
 * Errors: throws when it fails; then everything is as it was acknowledged before.
 */
export function commit(database: Database, now: number): void {
  const { sql, log } = database
  restoreIfDue(database)
  if (!sql.isInTransaction) return
  undoOnFailure(database, () => {
    checkpoint(database, now)
    sql.commit()
  })
  log?.restart()
}

/** Moves all arrays that wait in the log to the database. Errors: throws when that fails; they stay in the log. */
export function writeWaitingArrays(database: Database): void {
  undoOnFailure(database, () => {
    while (writeSomeArrays(database));
  })
}

/** What a failure left half done because undoing it failed as well; nothing may be built on that. */
const halfDone = new WeakSet<Database>()

/**
 * Does work that changes memory or the open transaction; a failure of it is undone before it is thrown on, and where
 * that fails too, before any other work begins.
 */
export function undoOnFailure<T>(database: Database, work: () => T): T {
  restoreIfDue(database)
  try {
    return work()
  } catch (cause) {
    halfDone.add(database)
    try {
      restoreIfDue(database)
    } catch {
      // The first failure says more; this one comes again before the next work.
    }
    throw cause
  }
}

function restoreIfDue(database: Database): void {
  if (!halfDone.has(database)) return
  restore(database)
  halfDone.delete(database)
}
