import { PUBLIC_SCHEMA } from '../../../src/protocol/public-schema.ts'
import type { Sql } from '../../db/sql.ts'
import { Unreadable } from '../../jobs/errors.ts'

/** What a reader takes from each table: columns of a plain table, nothing else of the file. */
const TABLES: Record<string, readonly string[]> = {
  experiments: ['id', 'name', 'notes', 'created_at'],
  runs: [
    'id',
    'experiment_id',
    'name',
    'status',
    'started_at',
    'ended_at',
    'group_name',
    'job_type',
    'parent_run_id',
    'forked_at_step',
    'notes',
    'color',
    'environment',
    'summary',
  ],
  params: ['run_id', 'key', 'value'],
  tags: ['run_id', 'key', 'value'],
  refusals: ['run_id', 'key', 'reason', 'count', 'example'],
  series: ['id', 'run_id', 'key', 'count'],
  points: ['series_id', 'step', 'value', 'time'],
}

/** The same of the tables that files have since schema 3. */
const ARRAY_TABLES: Record<string, readonly string[]> = {
  arrays: ['id', 'run_id', 'key', 'step', 'time', 'dtype', 'shape', 'bytes', 'data', 'blob_id', 'upload'],
  blobs: ['id', 'bytes'],
  blob_parts: ['id', 'part'],
}
const FIRST_WITH_ARRAYS = 3

/** The same of what files have since schema 6. */
const ARRANGEMENT_TABLES: Record<string, readonly string[]> = {
  runs: ['archived_at'],
  views: ['experiment_id', 'name', 'view'],
  directions: ['experiment_id', 'key', 'direction'],
  events: ['run_id', 'time', 'kind', 'text', 'until', 'step'],
}
const FIRST_WITH_ARRANGEMENT = 6

/** The same of what files have since schema 7. */
const MEDIA_TABLES: Record<string, readonly string[]> = {
  arrays: ['kind', 'meta'],
  artifacts: PUBLIC_SCHEMA.artifacts,
  artifact_files: PUBLIC_SCHEMA.artifact_files,
  artifact_aliases: PUBLIC_SCHEMA.artifact_aliases,
  artifact_uses: PUBLIC_SCHEMA.artifact_uses,
  artifact_policies: PUBLIC_SCHEMA.artifact_policies,
  models: PUBLIC_SCHEMA.models,
  model_versions: PUBLIC_SCHEMA.model_versions,
  console_lines: PUBLIC_SCHEMA.console_lines,
  alerts: PUBLIC_SCHEMA.alerts,
}
const FIRST_WITH_MEDIA = 7

/** Up to this size the whole file is checked page by page before it is read; beyond, what is read is checked as it is. */
const QUICK_CHECK_BYTES = 256 * 2 ** 20

/**
 * Makes a stranger's database safe to read and makes sure that it is what it says.
 *
 * No trigger, view, virtual table or expression of theirs is ever evaluated: only plain strict tables pass, none of
 * their columns computed, and the engine is told to trust nothing in the schema.
 *
 * Errors: throws `Unreadable`.
 */
export function distrust(sql: Sql, fileBytes: number): void {
  const { capi } = sql.engine
  capi.sqlite3_db_config(sql.pointer, capi.SQLITE_DBCONFIG_DEFENSIVE, 1, 0)
  capi.sqlite3_db_config(sql.pointer, capi.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, 0)
  sql.exec('pragma query_only = on; pragma cell_size_check = on; pragma mmap_size = 0')
  const tables = [
    TABLES,
    ...(holdsArrays(sql) ? [ARRAY_TABLES] : []),
    ...(holdsArrangement(sql) ? [ARRANGEMENT_TABLES] : []),
    ...(holdsMedia(sql) ? [MEDIA_TABLES] : []),
  ]
  for (const [table, columns] of tables.flatMap(Object.entries<readonly string[]>))
    checkTable(sql, table, columns)
  if (fileBytes > QUICK_CHECK_BYTES) return
  const verdict = sql.first('pragma quick_check(1)', [], (row) => row.text(0))
  if (verdict !== 'ok') throw new Unreadable('file-corrupt', 'its database is damaged')
}

/** Older files have no tables for arrays. */
export function holdsArrays(sql: Sql): boolean {
  return versionOf(sql) >= FIRST_WITH_ARRAYS
}

/** Older files have no saved views, directions, events and archived runs. */
export function holdsArrangement(sql: Sql): boolean {
  return versionOf(sql) >= FIRST_WITH_ARRANGEMENT
}

/** Arrays of older files are numbers alone, and they have no artifacts. */
export function holdsMedia(sql: Sql): boolean {
  return versionOf(sql) >= FIRST_WITH_MEDIA
}

function versionOf(sql: Sql): number {
  return sql.first('pragma user_version', [], (row) => row.number(0)) ?? 0
}

function checkTable(sql: Sql, table: string, columns: readonly string[]): void {
  const plain = sql.first(
    "select type = 'table' and strict from pragma_table_list where schema = 'main' and name = ?",
    [table],
    (row) => row.number(0),
  )
  if (plain !== 1)
    throw new Unreadable('file-corrupt', `its table ${table} is missing or is not a plain table`)
  const found = sql.all(
    'select name, hidden from pragma_table_xinfo(?)',
    [table],
    (row) => [row.text(0), row.number(1)] as const,
  )
  if (found.some(([, hidden]) => hidden !== 0)) {
    throw new Unreadable('file-corrupt', `its table ${table} computes columns, which Kymo does not run`)
  }
  const names = new Set(found.map(([name]) => name))
  const missing = columns.find((column) => !names.has(column))
  if (missing !== undefined)
    throw new Unreadable('file-corrupt', `its table ${table} has no column ${missing}`)
}
