import { NUMBER } from '../../src/model/column.ts'
import type { Database } from '../db/database.ts'
import { databaseBytes } from '../db/store-files.ts'
import { commit, undoOnFailure } from './commit.ts'

/** Pages moved in one commit: 8 MB, 50 to 80 ms. */
const SLICE_PAGES = 256

/** `vacuum` builds the new file in memory, and nobody is answered meanwhile: 3 ms a megabyte. */
const VACUUM_MAX_BYTES = 256 * 2 ** 20

const INCREMENTAL = 2

/**
 * Moves pages from the end of the file into free ones and cuts it off there; answers how many are still free.
 *
 * Cost: no room, one slice. Databases made before they could shrink this way answer 0: see `reclaimAll`.
 */
export function reclaimSome(database: Database): number {
  const { sql } = database
  if (read(database, 'auto_vacuum') !== INCREMENTAL || read(database, 'freelist_count') === 0) return 0
  undoOnFailure(database, () => {
    sql.begin()
    sql.run(`pragma incremental_vacuum(${SLICE_PAGES})`)
    commit(database, Date.now())
  })
  return read(database, 'freelist_count')
}

/** Writes an older database anew so that it can shrink, unless it is large: then its free pages are only used again. */
export function reclaimAll(database: Database): void {
  const { sql } = database
  if (read(database, 'auto_vacuum') === INCREMENTAL) return
  const free = read(database, 'freelist_count') * read(database, 'page_size')
  if (databaseBytes(sql) - free > VACUUM_MAX_BYTES) return
  commit(database, Date.now())
  sql.exec('pragma auto_vacuum = incremental; vacuum')
}

function read({ sql }: Database, pragma: string): number {
  return sql.value(`pragma ${pragma}`, [], NUMBER) ?? 0
}
