import type { Database } from '../db/database.ts'
import { computeDigests } from '../ingest/digests.ts'
import { ingestBatch } from '../ingest/ingest-batch.ts'
import { commit, undoOnFailure } from '../ingest/commit.ts'
import type { Part } from './contents.ts'
import type { Progress } from '../jobs/progress.ts'
import { copyArtifact, type Writing } from './copy-artifact.ts'
import { Unreadable } from '../jobs/errors.ts'

/** Commits parts one after another, as batches of a client of their own. Errors: throws `Unreadable` for a part that is none. */
export async function takeIn(
  database: Database,
  clientId: string,
  parts: AsyncIterable<Part>,
  progress: Progress,
): Promise<void> {
  let sequence = 0
  const write: Writing = (work) => {
    undoOnFailure(database, () => {
      database.sql.begin()
      work()
    })
    commit(database, Date.now())
  }
  let done = 0
  for await (const { artifact, ...part } of parts) {
    sequence += 1
    const batch = { clientId, sequence, firstUnacknowledged: sequence, ...part }
    const outcome = ingestBatch(database, batch, Date.now(), await computeDigests(batch))
    if (!outcome.ok) throw new Unreadable('file-corrupt', outcome.error.message)
    if (artifact === undefined) continue
    await copyArtifact(database.sql, artifact, write, (bytes) => progress.report((done += bytes), 0, 'bytes'))
  }
}
