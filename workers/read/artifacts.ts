import { TABLES } from '../../src/protocol/public-schema.ts'
import {
  INTEGER,
  NUMBER,
  REAL_OR_NULL,
  TEXT,
  selectList,
  selectUpTo,
  type RowOf,
  type RowSpec,
} from '../../src/model/column.ts'
import type {
  Artifact,
  ArtifactPolicy,
  HeldAlias,
  ModelVersion,
  RegisteredModel,
} from '../../src/model/artifact.ts'
import type { ArtifactList, ArtifactsRequest } from '../../src/protocol/artifacts-api.ts'
import type { Database } from '../db/database.ts'
import type { Sql } from '../db/sql.ts'
import type { Bindable } from '../db/statements.ts'
import { forkedVersions } from './forked-versions.ts'

/** A version as our own databases keep it. */
export const ARTIFACT_ROW = { ...TABLES.artifacts, removedAt: REAL_OR_NULL } as const

/** Those of runs that are removed are hidden with them, unless they are registered. */
const READ = `select ${selectList(ARTIFACT_ROW, 'a')} from artifacts a left join runs r on r.id = a.run_id
  where (?1 is null or a.experiment_id = ?1)
  and (?2 is null or a.run_id = ?2 or exists (select 1 from artifact_uses where artifact_id = a.id and run_id = ?2))
  and (r.id is not null and r.removed_at is null
    or exists (select 1 from model_versions where artifact_id = a.id))
  order by a.name, a.version desc`

const FORKED = forkedVersions('r.parent_run_id is not null')

/**
 * What is known of artifacts, and of the models registered from them.
 *
 * Cost: a query for each table, whatever the number of versions: 10,000 take an eighth of what a query for each took.
 */
export function readArtifacts(
  { sql }: Database,
  { experimentId, runId }: Pick<ArtifactsRequest, 'experimentId' | 'runId'>,
): ArtifactList {
  const artifacts = readWhole(sql, READ, [experimentId, runId])
  const ids = new Set(artifacts.map(({ id }) => id))
  return {
    artifacts,
    policies: readPolicies(sql).filter(
      (policy) => experimentId === null || policy.experimentId === experimentId,
    ),
    models: readModels(sql, artifacts),
    forked: sql.column(FORKED, [], TEXT).filter((id) => ids.has(id)),
    storedBytes: countStoredBytes(sql, artifacts),
  }
}

/** Every artifact of a database, oldest version first; an exported one holds none that were removed. */
export function readAllArtifacts(sql: Sql, kind: 'ours' | 'exported'): readonly Artifact[] {
  const [removed, where] =
    kind === 'ours' ? ['removed_at', 'where removed_at is null'] : ['null as removed_at', '']
  const columns = selectList(TABLES.artifacts)
  return readWhole(sql, `select ${columns}, ${removed} from artifacts ${where} order by name, version`, [])
}

/** What is said for all runs of a name before what one of them says, so that it can be said again in this order. */
export function readPolicies(sql: Sql): readonly (ArtifactPolicy & { readonly experimentId: string })[] {
  const columns = selectUpTo(TABLES.artifact_policies, schemaOf(sql))
  return sql
    .all(`select ${columns} from artifact_policies`, [], TABLES.artifact_policies)
    .toSorted((a, b) => Number(a.runId !== null) - Number(b.runId !== null))
}

/** Files and damaged databases are read as they are, whatever schema they have. */
function schemaOf(sql: Sql): number {
  return sql.value('pragma user_version', [], NUMBER) ?? 0
}

function readWhole(sql: Sql, query: string, values: readonly Bindable[]): readonly Artifact[] {
  const bare = sql.all(query, values, ARTIFACT_ROW)
  const relationsOf = readRelations(
    sql,
    bare.map(({ id }) => id),
  )
  return bare.map((artifact) => Object.assign(artifact, relationsOf(artifact.id)))
}

/** What other tables know of some versions, by their ids. Cost: a query for each table. */
export function readRelations(
  sql: Sql,
  ids: readonly string[],
): (id: string) => Pick<Artifact, 'files' | 'aliases' | 'heldAliases' | 'usedBy'> {
  const schema = schemaOf(sql)
  const gather = <S extends OfArtifact>(spec: S, table: string, order: string) =>
    gatherRows(sql, `select ${selectUpTo(spec, schema)} ${OF_THEM(table)} order by ${order}`, ids, spec)
  const files = gather(FILE_ROW, 'artifact_files', 'artifact_id, path')
  const aliases = gather(ALIAS_ROW, 'artifact_aliases', 'alias, run_id')
  const uses = gather(USE_ROW, 'artifact_uses', 'used_at')
  return (id) => ({
    files: (files.get(id) ?? []).map(({ artifactId: _id, ...file }) => file),
    aliases: [...new Set((aliases.get(id) ?? []).map(({ alias }) => alias))],
    heldAliases: (aliases.get(id) ?? []).map(toHeld),
    usedBy: (uses.get(id) ?? []).map(({ runId }) => runId),
  })
}

/** The rows of a table that speak of some artifacts. */
const OF_THEM = (table: string): string =>
  `from ${table} where artifact_id in (select value from json_each(?))`

/** What only half says why an alias was given says nothing. */
function toHeld({ alias, runId, metric, value, direction }: RowOf<typeof ALIAS_ROW>): HeldAlias {
  return metric === null || direction === null || value === null || !Number.isFinite(value)
    ? { alias, runId, metric: null, value: null, direction: null }
    : { alias, runId, metric, value, direction }
}

const { artifactId, path, mime, bytes, digest } = TABLES.artifact_files
const FILE_ROW = { artifactId, path, mime, bytes, digest } as const
const { experimentId: _experimentId, name: _name, ...ALIAS_ROW } = { ...TABLES.artifact_aliases, artifactId }
const USE_ROW = { artifactId, runId: TEXT } as const
type OfArtifact = RowSpec & { readonly artifactId: typeof artifactId }

/** Rows by the artifact that they name. */
function gatherRows<S extends OfArtifact>(
  sql: Sql,
  query: string,
  ids: readonly string[],
  spec: S,
): ReadonlyMap<string, readonly RowOf<S>[]> {
  const gathered = new Map<string, RowOf<S>[]>()
  for (const row of sql.all(query, [JSON.stringify(ids)], spec)) {
    const { artifactId: id }: RowOf<OfArtifact> = row
    const known = gathered.get(id)
    if (known === undefined) gathered.set(id, [row])
    else known.push(row)
  }
  return gathered
}

export type BareArtifact = RowOf<typeof ARTIFACT_ROW>

/** Those that hold a version of the list. */
export function readModels(sql: Sql, artifacts: readonly Artifact[]): readonly RegisteredModel[] {
  const ids = JSON.stringify(artifacts.map(({ id }) => id))
  const models = sql.all(
    `select name, notes, created_at from models where name in
     (select model from model_versions where artifact_id in (select value from json_each(?))) order by name`,
    [ids],
    TABLES.models,
  )
  return models.map((model) => Object.assign(model, { versions: readVersions(sql, model.name) }))
}

const { model: _model, ...VERSION_ROW } = TABLES.model_versions

function readVersions(sql: Sql, model: string): readonly ModelVersion[] {
  return sql.all(
    'select version, artifact_id, stage, created_at from model_versions where model = ? order by version desc',
    [model],
    VERSION_ROW,
  )
}

function countStoredBytes(sql: Sql, artifacts: readonly Artifact[]): number {
  const ids = JSON.stringify(artifacts.map(({ id }) => id))
  return (
    sql.value(
      `select total(bytes) from blobs where id in (select blob_id from artifact_files
       where artifact_id in (select value from json_each(?)))`,
      [ids],
      NUMBER,
    ) ?? 0
  )
}

const FOUND_FILE = { blobId: INTEGER, bytes: INTEGER, mime: TEXT } as const

/** Where the bytes of a file are; undefined when there is no such file, or its bytes were given up. */
export function findArtifactFile(
  sql: Sql,
  artifactId: string,
  path: string,
): { readonly blobId: number; readonly bytes: number; readonly mime: string } | undefined {
  return sql.first(
    `select blob_id, bytes, mime from artifact_files where artifact_id = ? and path = ? and blob_id is not null`,
    [artifactId, path],
    FOUND_FILE,
  )
}
