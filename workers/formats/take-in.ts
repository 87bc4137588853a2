import type { Database } from '../db/database.ts'
import { ingestBatch } from '../ingest/ingest-batch.ts'
import type { Part } from './contents.ts'
import { Unreadable } from './errors.ts'

/** Commits parts one after another, as batches of a client of their own. Errors: throws `Unreadable` for a part that is none. */
export async function takeIn(
  database: Database,
  clientId: string,
  parts: AsyncIterable<Part>,
): Promise<void> {
  let sequence = 0
  for await (const { changes, points } of parts) {
    sequence += 1
    const batch = { clientId, sequence, firstUnacknowledged: sequence, changes, points }
    const outcome = ingestBatch(database, batch, Date.now())
    if (!outcome.ok) throw new Unreadable('file-corrupt', outcome.error.message)
  }
}
