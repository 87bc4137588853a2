import { err, type Result } from '../../src/model/result.ts'
import type { DatabaseId } from '../../src/protocol/database-id.ts'
import type { Outcome } from '../../src/protocol/outcome.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'
import type { Database } from '../db/database.ts'
import type { Databases } from '../db/databases.ts'
import type { BatchWriter } from '../ingest/batch-writer.ts'
import { isForWantOfRoom } from '../ingest/storage-room.ts'
import { beingReplaced, unknownDatabase } from '../jobs/errors.ts'
import type { Condemn } from '../jobs/job.ts'

type Read = <T>(id: DatabaseId, read: (database: Database) => Result<T, TrackerError>) => Outcome<T>

/** Reads databases so that nobody is shown what is not durable. Errors: `unknown-database`; `interrupted` for damage of the own one. */
export interface Readings {
  /** Reads once what is under way is settled. */
  readonly reading: Read
  /** The same once the arrays that wait are in the database as well. */
  readonly readingArrays: Read
}

export function makeReadings(databases: Databases, writer: BatchWriter, condemn: Condemn): Readings {
  const { own, files } = databases

  async function read<T>(
    id: DatabaseId,
    settled: () => Promise<void>,
    look: (database: Database) => Result<T, TrackerError>,
  ): Outcome<T> {
    const database = await databases.find(id)
    if (database === undefined) return err(unknownDatabase(id))
    try {
      if (database === own) await settled()
      return look(database)
    } catch (cause) {
      if (condemn(cause)) return err(beingReplaced())
      throw cause
    }
  }

  async function arraysSettled(): Promise<void> {
    await writer.settled()
    try {
      await writer.arraysSettled()
    } catch (cause) {
      // Where there is no room to move them those that wait are not shown yet.
      if (!(await isForWantOfRoom(cause, files.kind))) throw cause
    }
  }

  return {
    reading: (id, look) => read(id, () => writer.settled(), look),
    readingArrays: (id, look) => read(id, arraysSettled, look),
  }
}
