import {
  INTEGER,
  NUMBER,
  TEXT,
  columnNames,
  columnsUpTo,
  sinceOf,
  type RowSpec,
} from '../../../src/model/column.ts'
import { TABLES, type PublicTable } from '../../../src/protocol/public-schema.ts'
import type { Sql } from '../../db/sql.ts'
import { Unreadable } from '../../jobs/errors.ts'

/** What a reader takes of a series; the rest is told by its points. */
const { id, runId, key } = TABLES.series
const SERIES_READ = { id, runId, key, count: TABLES.series.count } as const

/** What a reader takes from each table: columns of a plain table, nothing else of the file. */
const READ: Readonly<Partial<Record<PublicTable, RowSpec>>> = {
  ...TABLES,
  series: SERIES_READ,
  // A view of theirs is never read.
  metrics: {},
}

/** The schemas that brought tables. */
const FIRST_WITH_ARRAYS = 3
const FIRST_WITH_ARRANGEMENT = 6
const FIRST_WITH_MEDIA = 7
const FIRST_WITH_PARAM_CHANGES = 12

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
  const { engine } = sql
  if (engine !== null) {
    const { capi } = engine
    capi.sqlite3_db_config(sql.pointer, capi.SQLITE_DBCONFIG_DEFENSIVE, 1, 0)
    capi.sqlite3_db_config(sql.pointer, capi.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, 0)
  }
  sql.exec(
    'pragma trusted_schema = off; pragma query_only = on; pragma cell_size_check = on; pragma mmap_size = 0',
  )
  const version = versionOf(sql)
  for (const [table, columns] of Object.entries(READ)) {
    const names = columnNames(columnsUpTo(columns, version))
    if (names.length > 0 && sinceOf(columns) <= version) checkTable(sql, table, names)
  }
  if (fileBytes > QUICK_CHECK_BYTES) return
  const verdict = sql.value('pragma quick_check(1)', [], TEXT)
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

/** What was set in runs of older files is told by their events. */
export function holdsParamChanges(sql: Sql): boolean {
  return versionOf(sql) >= FIRST_WITH_PARAM_CHANGES
}

/** The schema a file says it has. */
export function versionOf(sql: Sql): number {
  return sql.value('pragma user_version', [], NUMBER) ?? 0
}

const TABLE_COLUMN = { name: TEXT, hidden: INTEGER } as const

function checkTable(sql: Sql, table: string, columns: readonly string[]): void {
  const plain = sql.value(
    "select type = 'table' and strict from pragma_table_list where schema = 'main' and name = ?",
    [table],
    NUMBER,
  )
  if (plain !== 1)
    throw new Unreadable('file-corrupt', `its table ${table} is missing or is not a plain table`)
  const found = sql.all('select name, hidden from pragma_table_xinfo(?)', [table], TABLE_COLUMN)
  if (found.some(({ hidden }) => hidden !== 0)) {
    throw new Unreadable('file-corrupt', `its table ${table} computes columns, which Kymo does not run`)
  }
  const names = new Set(found.map(({ name }) => name))
  const missing = columns.find((column) => !names.has(column))
  if (missing !== undefined)
    throw new Unreadable('file-corrupt', `its table ${table} has no column ${missing}`)
}
