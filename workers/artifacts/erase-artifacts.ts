import { NUMBER, TEXT } from '../../src/model/column.ts'
import { ok } from '../../src/model/result.ts'
import type { EraseArtifactsReceipt } from '../../src/protocol/artifacts-api.ts'
import type { Outcome } from '../../src/protocol/outcome.ts'
import { deleteUnusedBlobs } from '../db/blobs.ts'
import type { Database } from '../db/database.ts'
import type { Sql } from '../db/sql.ts'
import { databaseBytes } from '../db/store-files.ts'
import type { Progress } from '../jobs/progress.ts'
import { commit, undoOnFailure } from '../ingest/commit.ts'
import { reclaimAll, reclaimSome } from '../ingest/reclaim.ts'

/** Gives up the bytes of versions, and the room they took. What is known of them stays. */
export async function eraseArtifacts(
  database: Database,
  artifactIds: readonly string[],
  progress: Progress,
): Outcome<EraseArtifactsReceipt> {
  const { sql } = database
  const before = databaseBytes(sql)
  const erased = undoOnFailure(database, () => {
    sql.begin()
    return eraseBytes(sql, artifactIds)
  })
  commit(database, Date.now())
  reclaimAll(database)
  for (let left = reclaimSome(database); left > 0; left = reclaimSome(database))
    await progress.report(0, 0, 'bytes')
  return ok({ erased, freedBytes: Math.max(0, before - databaseBytes(sql)) })
}

/** Inside a transaction. Answers how many versions had bytes. */
function eraseBytes(sql: Sql, artifactIds: readonly string[]): number {
  const ids = JSON.stringify(artifactIds)
  const ofThem = 'in (select value from json_each(?))'
  const erased =
    sql.value(`select count(*) from artifacts where erased_at is null and id ${ofThem}`, [ids], NUMBER) ?? 0
  if (erased === 0) return 0
  sql.run(`update artifacts set erased_at = ? where erased_at is null and id ${ofThem}`, Date.now(), ids)
  sql.run(`update artifact_files set blob_id = null where artifact_id ${ofThem}`, ids)
  sql.run(`delete from artifact_aliases where artifact_id ${ofThem}`, ids)
  deleteUnusedBlobs(sql)
  return erased
}

const BEYOND_POLICY = `select a.id from artifacts a join artifact_policies p using (experiment_id, name)
  where a.experiment_id = ?1 and a.name = ?2 and a.erased_at is null
  and not exists (select 1 from artifact_aliases where artifact_id = a.id)
  and not exists (select 1 from model_versions where artifact_id = a.id)
  and p.keep <= (select count(*) from artifacts b where b.experiment_id = ?1 and b.name = ?2
    and b.erased_at is null and b.removed_at is null and b.version > a.version)`

/** Gives up the versions of a name that its policy does not keep, inside a transaction. Their room is used again. */
export function eraseByPolicy(sql: Sql, experimentId: string, name: string): void {
  eraseBytes(sql, sql.column(BEYOND_POLICY, [experimentId, name], TEXT))
}
