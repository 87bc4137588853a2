import { REAL_OR_NULL, selectList, TEXT, TEXT_OR_NULL, type RowOf } from '../../src/model/column.ts'
import { isBetter, RANK_DIRECTION_OR_NULL } from '../../src/model/rank.ts'
import type { ArtifactId } from '../../src/model/artifact.ts'
import type { Change } from '../../src/model/log-batch.ts'
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
