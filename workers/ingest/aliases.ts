import { INTEGER, REAL_OR_NULL, selectList, TEXT, TEXT_OR_NULL, type RowOf } from '../../src/model/column.ts'
import {
  isBetter,
  RANK_DIRECTION_OR_NULL,
  type ArtifactId,
  type RankedAlias,
} from '../../src/model/artifact.ts'
import type { Change } from '../../src/model/log-batch.ts'
import type { RunId } from '../../src/model/units.ts'
import type { Sql } from '../db/sql.ts'
import type { Bindable } from '../db/statements.ts'

type SetAlias = Omit<Extract<Change, { readonly type: 'setAlias' }>, 'type'>

/**
 * Moves an alias, of the experiment or of a run, to a version of its name; null takes it away.
 *
 * One that comes with a value stays where it is unless that is better than what it was given for: it is never taken from a
 * version it was given to by hand, or by another metric. One whose version was removed is free.
 */
export function setAlias(sql: Sql, change: SetAlias): void {
  const { experimentId, name, alias, artifactId, runId = null } = change
  const { metric = null, value = null, direction = null } = change
  const held = findHeld(sql, [experimentId, name, alias, runId])
  if (artifactId !== null && held !== undefined && metric !== null && value !== null && direction !== null) {
    if (isShown(sql, held.artifactId) && !isBetter({ metric, value, direction }, held)) return
  }
  if (held !== undefined)
    sql.run(`delete from artifact_aliases where ${OF}`, experimentId, name, alias, runId)
  if (artifactId === null) return
  sql.run(
    `insert into artifact_aliases (experiment_id, name, alias, artifact_id, run_id, metric, value, direction)
     select experiment_id, name, ?, id, ?, ?, ?, ? from artifacts where experiment_id = ? and name = ? and id = ?`,
    alias,
    runId,
    metric,
    value,
    direction,
    experimentId,
    name,
    artifactId,
  )
}

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

const OF = 'experiment_id = ? and name = ? and alias = ? and run_id is ?'

const HELD = {
  artifactId: TEXT,
  metric: TEXT_OR_NULL,
  value: REAL_OR_NULL,
  direction: RANK_DIRECTION_OR_NULL,
} as const

function findHeld(sql: Sql, of: readonly Bindable[]): RowOf<typeof HELD> | undefined {
  return sql.first(`select ${selectList(HELD)} from artifact_aliases where ${OF}`, of, HELD)
}

/** As in lists of artifacts. */
function isShown(sql: Sql, artifactId: ArtifactId): boolean {
  return sql.exists(
    `select 1 from artifacts a left join runs r on r.id = a.run_id where a.id = ? and a.removed_at is null
     and (r.id is not null and r.removed_at is null or exists (select 1 from model_versions where artifact_id = a.id))`,
    [artifactId],
  )
}

function isGivenByHand(sql: Sql, { experimentId, name, runId }: Claimant, alias: string): boolean {
  return sql.exists(
    `select 1 from artifact_aliases l join artifacts a on a.id = l.artifact_id
     where l.experiment_id = ? and l.name = ? and l.alias = ? and l.run_id is null and l.value is null
     and a.run_id = ? and a.removed_at is null`,
    [experimentId, name, alias, runId],
  )
}

/** How many of the newest versions of a name are kept; null for all. Said without a run, it is said for all of them. */
export function setPolicy(
  sql: Sql,
  {
    experimentId,
    name,
    keep,
    runId = null,
  }: Omit<Extract<Change, { readonly type: 'setArtifactPolicy' }>, 'type'>,
): void {
  const of = 'experiment_id = ?1 and name = ?2'
  sql.run(
    `delete from artifact_policies where ${of} and (?3 is null or run_id = ?3)`,
    experimentId,
    name,
    runId,
  )
  if (keep === null) return
  sql.run(
    'insert into artifact_policies (experiment_id, name, keep, run_id) values (?, ?, ?, ?)',
    experimentId,
    name,
    keep,
    runId,
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
