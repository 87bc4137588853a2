import { TEXT } from '../../src/model/column.ts'
import { Damaged } from './damage.ts'
import type { Sql } from './sql.ts'
import { databaseBytes } from './store-files.ts'

/** Checked whole at opening up to this size: `quick_check` takes 0.2 ms a megabyte. */
const CHECKED_WHOLE_MAX_BYTES = 128 * 2 ** 20

/** What a database of the newest schema holds besides what `migrate` made: nothing may be missing. */
export const TABLES = [
  'meta',
  'experiments',
  'runs',
  'params',
  'tags',
  'refusals',
  'events',
  'series',
  'clients',
  'chunks',
  'chunk_blocks',
  'chunk_columns',
  'arrays',
  'blobs',
  'blob_parts',
] as const

/**
 * Whether a database can be relied on, as far as opening may take: all of it while it is small, else that every table
 * is there and its first and last pages can be read. What lies between is found when it is read, or by `checkTables`.
 *
 * Errors: throws `Damaged`, or an engine failure that `isDamage` knows.
 */
export function checkHealth(sql: Sql): void {
  const known = new Set(sql.column("select name from sqlite_schema where type = 'table'", [], TEXT))
  const missing = TABLES.find((table) => !known.has(table))
  if (missing !== undefined) throw new Damaged(sql, `The database has no table ${missing}.`)
  if (databaseBytes(sql) <= CHECKED_WHOLE_MAX_BYTES) {
    quickCheck(sql, 'pragma quick_check(1)')
    return
  }
  sql.run('pragma freelist_count')
  for (const table of TABLES) {
    sql.run(`select 1 from ${table} limit 1`)
    if (HAS_ROWID.has(table)) sql.run(`select max(rowid) from ${table}`)
  }
}

const HAS_ROWID: ReadonlySet<string> = new Set(TABLES.slice(TABLES.indexOf('chunks')))

/**
 * Checks the tables of a database that was too large at opening, one by one; the caller lets others be answered between.
 *
 * Errors: those of `checkHealth`. Cost: its largest table takes 0.2 ms a megabyte, what is on no page in the cache of the
 * system as long as the disk needs.
 */
export function* checkTables(sql: Sql): Generator<void> {
  if (databaseBytes(sql) <= CHECKED_WHOLE_MAX_BYTES) return
  for (const table of TABLES) {
    quickCheck(sql, `pragma quick_check('${table}')`)
    yield
  }
}

function quickCheck(sql: Sql, pragma: string): void {
  const verdict = sql.value(pragma, [], TEXT)
  if (verdict !== 'ok')
    throw new Damaged(sql, `The database is damaged: ${verdict ?? 'it cannot be checked'}.`)
}
