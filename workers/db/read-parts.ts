import { BYTES, NUMBER } from '../../src/model/column.ts'
import type { Sql } from './sql.ts'

/**
 * The bytes of an open database, part by part.
 *
 * Owner: the caller, of every part. Cost: a page or a megabyte in memory. Nothing may write to the database meanwhile.
 */
export function* readParts(sql: Sql): Generator<Uint8Array<ArrayBuffer>> {
  if (sql.readFile !== null) return yield* sql.readFile()
  const pages = sql.value('pragma page_count', [], NUMBER) ?? 0
  for (let page = 1; page <= pages; page++) {
    const bytes = sql.value('select data from sqlite_dbpage where pgno = ?', [page], BYTES)
    if (bytes === undefined) throw new Error(`Page ${page} of ${pages} cannot be read.`)
    yield bytes
  }
}
