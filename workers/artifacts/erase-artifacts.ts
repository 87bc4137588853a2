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
import { findKeep } from './claim-alias.ts'
import { reclaimAll, reclaimSome } from '../ingest/reclaim.ts'
import { forkedVersions } from '../read/forked-versions.ts'

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

const BEYOND_POLICY = `select a.id from artifacts a
  where a.experiment_id = ?1 and a.name = ?2 and a.run_id = ?3 and a.erased_at is null
  and a.id not in (select artifact_id from artifact_aliases where experiment_id = ?1 and name = ?2)
  and a.id not in (select artifact_id from model_versions)
  and not exists (select 1 from artifact_uses where artifact_id = a.id)
  and a.id not in (${forkedVersions('r.parent_run_id = ?3')})
  and ?4 <= (select count(*) from artifacts b where b.experiment_id = ?1 and b.name = ?2 and b.run_id = ?3
    and b.erased_at is null and b.removed_at is null and b.version > a.version)`

/**
 * Gives up what the policy of a run does not keep of the versions of a name that it made, inside a transaction; never what
 * another run made, has an alias, is registered, or was used or forked from. Their room is used again.
 */
export function eraseByPolicy(
  sql: Sql,
  of: { readonly experimentId: string; readonly name: string; readonly runId: string },
): void {
  const keep = findKeep(sql, of)
  if (keep === undefined) return
  eraseBytes(sql, sql.column(BEYOND_POLICY, [of.experimentId, of.name, of.runId, keep], TEXT))
}
