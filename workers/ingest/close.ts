import type { Databases } from '../db/databases.ts'
import { checkpoint } from './checkpoint.ts'

/** Takes what is pending into chunks, so that the next opening has nothing to replay, and closes every file. */
export function closeDatabases(databases: Databases): void {
  const { own } = databases
  try {
    if (own.points.memory.pendingBytes > 0) own.sql.transaction(() => checkpoint(own, Date.now()))
  } finally {
    // What could not be taken in stays pending, durable, and is replayed.
    databases.close()
  }
}
