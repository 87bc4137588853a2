import { REAL_OR_NULL } from '../../src/model/column.ts'
import type { ArtifactId } from '../../src/model/artifact.ts'
import type { Change } from '../../src/model/log-batch.ts'
import type { Sql } from '../db/sql.ts'
import { setAlias, setPolicy } from './aliases.ts'

/** A change that speaks of artifacts or models. */
export type ArtifactChange = Extract<
  Change,
  {
    readonly type:
      | 'setAlias'
      | 'useArtifact'
      | 'removeArtifacts'
      | 'setArtifactPolicy'
      | 'registerModel'
      | 'unregisterModel'
      | 'setModelStage'
      | 'setModelNotes'
  }
>

/** Applies what is said of artifacts; what it says of one that is not there has no effect. */
export function applyArtifactChange(sql: Sql, change: ArtifactChange): void {
  switch (change.type) {
    case 'setAlias':
      return setAlias(sql, change)
    case 'useArtifact':
      return sql.run(
        `insert or ignore into artifact_uses (artifact_id, run_id, used_at)
         select id, ?2, ?3 from artifacts where id = ?1`,
        change.artifactId,
        change.runId,
        change.usedAt,
      )
    case 'removeArtifacts':
      return sql.run(
        'update artifacts set removed_at = ? where id in (select value from json_each(?))',
        change.removedAt,
        JSON.stringify(change.artifactIds),
      )
    case 'setArtifactPolicy':
      return setPolicy(sql, change)
    case 'registerModel':
      return registerModel(sql, change)
    case 'unregisterModel':
      return unregisterModel(sql, change.model, change.artifactId)
    case 'setModelStage':
      return sql.run(
        'update model_versions set stage = ? where model = ? and artifact_id = ?',
        change.stage,
        change.model,
        change.artifactId,
      )
    case 'setModelNotes':
      return sql.run('update models set notes = ? where name = ?', change.notes, change.model)
  }
}

function registerModel(
  sql: Sql,
  { model, artifactId, createdAt, version }: Extract<ArtifactChange, { readonly type: 'registerModel' }>,
): void {
  const isThere = sql.exists('select 1 from artifacts where id = ?', [artifactId])
  const isRegistered = sql.exists('select 1 from model_versions where model = ? and artifact_id = ?', [
    model,
    artifactId,
  ])
  if (!isThere || isRegistered) return
  sql.run("insert or ignore into models (name, notes, created_at) values (?, '', ?)", model, createdAt)
  const last = sql.value('select max(version) from model_versions where model = ?', [model], REAL_OR_NULL)
  sql.run(
    'insert or ignore into model_versions (model, version, artifact_id, created_at) values (?, ?, ?, ?)',
    model,
    version ?? (last ?? 0) + 1,
    artifactId,
    createdAt,
  )
}

/** A model that has no version any more is none. */
function unregisterModel(sql: Sql, model: string, artifactId: ArtifactId): void {
  sql.run('delete from model_versions where model = ? and artifact_id = ?', model, artifactId)
  sql.run('delete from models where name not in (select model from model_versions)')
}
