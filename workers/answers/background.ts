import type { Databases } from '../db/databases.ts'
import { isForWantOfRoom } from '../ingest/storage-room.ts'
import type { Condemn } from '../jobs/job.ts'
import { NotLoaded } from '../jobs/load-code.ts'

/** Lets work go on that nobody waits for. Errors: rejects for bugs, which nobody catches. */
export type Background = (work: Promise<unknown>) => Promise<void>

/** What failed for want of room or of code is tried again by whoever began it, damage has the own database replaced. */
export function makeBackground({ own, files }: Databases, condemn: Condemn): Background {
  async function explain(cause: unknown): Promise<void> {
    // After the end there is nothing to work on.
    if (!own.sql.isOpen || cause instanceof NotLoaded || condemn(cause)) return
    if (!(await isForWantOfRoom(cause, files.kind))) throw cause
  }
  return async (work) => {
    await work.catch(explain)
  }
}
