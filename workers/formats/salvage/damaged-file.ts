import { TEXT } from '../../../src/model/column.ts'
import { PAGE_BYTES } from '../../db/page-size.ts'
import { isDamage } from '../../db/damage.ts'
import { TABLES } from '../../db/health.ts'
import { migrate } from '../../db/migrate.ts'
import { rawFileOf } from '../../db/raw-file.ts'
import { openConnection } from '../../db/connection.ts'
import { engineOf, makeSql } from '../../db/sql.ts'
import type { Sql } from '../../db/sql.ts'
import type { Engine } from '../../db/sqlite.ts'
import type { StoreFiles } from '../../db/store-files.ts'

/** Source: sqlite.org/fileformat2.html, 1.3. */
const HEADER_BYTES = 100
const PAGE_COUNT_OFFSET = 28
const FREELIST_OFFSET = 32
const FREELIST_BYTES = 8
/** What the first entry of a pointer map says of the first table's root. Source: the same, 1.8. */
const MAPPED_ROOT = 1

/** How a file without a readable beginning is given one: the header, else all of the first page. */
const REPAIRS = [HEADER_BYTES, PAGE_BYTES]

/**
 * Opens a damaged database so that whatever is left of it can be read.
 *
 * Where even its list of tables is unreadable its first page is put in place of the damaged one as a new database of
 * ours would have it: tables begin at the same pages there. undefined when nothing helps.
 */
export async function openDamaged(files: StoreFiles, name: string): Promise<Sql | undefined> {
  for (const repaired of [0, ...REPAIRS]) {
    const sql = await files.open(name)
    if (repaired > 0) await repair(sql, repaired)
    if (knowsItsTables(sql)) return sql
    sql.close()
  }
  return undefined
}

function knowsItsTables(sql: Sql): boolean {
  try {
    // A file that ends early is read as far as it goes only by whoever may write its schema.
    sql.exec('pragma writable_schema = on; pragma cell_size_check = on; pragma temp_store = memory')
    const known = new Set(sql.column('select name from sqlite_schema', [], TEXT))
    return TABLES.every((table) => known.has(table))
  } catch (cause) {
    if (isDamage(cause)) return false
    // A schema that is half noise fails with whatever its noise means.
    return false
  }
}

async function repair(sql: Sql, bytes: number): Promise<void> {
  const file = rawFileOf(sql)
  const pages = Math.floor(file.size / PAGE_BYTES)
  if (pages < 2) return
  const isMapped = file.read(PAGE_BYTES, 1)[0] === MAPPED_ROOT
  const first = await firstPage(engineOf(sql), isMapped)
  const view = new DataView(first.buffer)
  view.setUint32(PAGE_COUNT_OFFSET, pages)
  first.fill(0, FREELIST_OFFSET, FREELIST_OFFSET + FREELIST_BYTES)
  file.write(0, first.subarray(0, bytes))
}

/** The first page of a new database of ours, with a pointer map or, as before schema 3 was old, without one. */
async function firstPage(engine: Engine, isMapped: boolean): Promise<Uint8Array<ArrayBuffer>> {
  const sql = makeSql(engine, openConnection(engine, ':memory:'))
  try {
    sql.exec(`pragma page_size = ${PAGE_BYTES}; pragma auto_vacuum = ${isMapped ? 'incremental' : 'none'}`)
    await migrate(sql)
    return engine.capi.sqlite3_js_db_export(sql.pointer).slice(0, PAGE_BYTES)
  } finally {
    sql.close()
  }
}
