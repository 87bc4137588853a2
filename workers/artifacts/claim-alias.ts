import { INTEGER } from '../../src/model/column.ts'
import type { RankedAlias } from '../../src/model/artifact.ts'
import type { RunId } from '../../src/model/units.ts'
import type { Sql } from '../db/sql.ts'
import { setAlias } from '../ingest/aliases.ts'

/** The version that was stored, and the run that stored it. */
interface Claimant {
  readonly experimentId: string
  readonly name: string
  readonly artifactId: string
  readonly runId: RunId
}

/**
 * Moves an alias to a version where that has the better value, inside the transaction that stores it: who else stores one at
 * the same time, and what a page knew before it was closed, makes no difference.
 *
 * A value that is not finite is never better. A run gets no best of its own while one of its versions was given the alias
 * by hand.
 */
export function claimAlias(sql: Sql, claimant: Claimant, claim: RankedAlias): void {
  const { alias, metric, value, direction, among = 'run' } = claim
  if (!Number.isFinite(value)) return
  const runId = among === 'run' ? claimant.runId : null
  if (runId !== null && isGivenByHand(sql, claimant, alias)) return
  setAlias(sql, { ...claimant, alias, runId, metric, value, direction })
}

function isGivenByHand(sql: Sql, { experimentId, name, runId }: Claimant, alias: string): boolean {
  return sql.exists(
    `select 1 from artifact_aliases l join artifacts a on a.id = l.artifact_id
     where l.experiment_id = ? and l.name = ? and l.alias = ? and l.run_id is null and l.value is null
     and a.run_id = ? and a.removed_at is null`,
    [experimentId, name, alias, runId],
  )
}

/** How many versions of a name a run keeps of those it made; undefined for all. */
export function findKeep(
  sql: Sql,
  { experimentId, name, runId }: Omit<Claimant, 'artifactId'>,
): number | undefined {
  return sql.value(
    `select keep from artifact_policies where experiment_id = ? and name = ? and (run_id is null or run_id = ?)
     order by run_id is null limit 1`,
    [experimentId, name, runId],
    INTEGER,
  )
}
