import type { Databases } from '../db/databases.ts'
import { commit } from './commit.ts'

/** Commits what is in the log, so that the next opening has nothing to read again, and closes every file. */
export function closeDatabases(databases: Databases): void {
  try {
    commit(databases.own, Date.now())
    databases.own.log?.shrink()
  } finally {
    // What could not be committed stays in the log, durable.
    databases.close()
  }
}
