import type { Database } from '../db/database.ts'
import { computeDigests } from '../ingest/digests.ts'
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
  for await (const part of parts) {
    sequence += 1
    const batch = { clientId, sequence, firstUnacknowledged: sequence, ...part }
    const outcome = ingestBatch(database, batch, Date.now(), await computeDigests(batch))
    if (!outcome.ok) throw new Unreadable('file-corrupt', outcome.error.message)
  }
}
