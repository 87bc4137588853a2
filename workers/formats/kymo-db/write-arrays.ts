import type { Sql } from '../../db/sql.ts'
import { computeDigests } from '../../ingest/digests.ts'
import { writeArrays as writeSections } from '../../ingest/write-arrays.ts'
import { arraysToParts, countArrayBytes } from '../array-parts.ts'
import type { ArraySource } from '../contents.ts'
import type { Progress } from '../../jobs/progress.ts'

/** Writes arrays as the store itself keeps them: the tables are the same. Cost: a part of an array in memory. */
export async function writeArrays(
  sql: Sql,
  sources: readonly ArraySource[],
  progress: Progress,
): Promise<void> {
  for await (const { arrays = [] } of arraysToParts(sources, countArrayBytes(sources), progress)) {
    const digests = await computeDigests({ arrays })
    sql.transaction(() => writeSections(sql, arrays, digests))
  }
}
