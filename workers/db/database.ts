import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import type { DatabaseId } from '../../src/protocol/database-id.ts'
import { openCommitLog } from './commit-log.ts'
import type { CommitLog } from './commit-log.ts'
import { checkHealth } from './health.ts'
import { createSchema, migrate } from './migrate.ts'
import { openChunkStore } from './points/chunk-store.ts'
import { openRowStore } from './points/row-store.ts'
import { makeRowTables } from './points/row-tables.ts'
import type { PointStore } from './points/point-store.ts'
import type { Sql } from './sql.ts'
import type { StoreFiles } from './store-files.ts'
import { PAGE_BYTES } from './page-size.ts'

/** One open Kymo database: the own one or an opened file. */
export interface Database {
  readonly id: DatabaseId
  readonly sql: Sql
  readonly points: PointStore
  /** What was acknowledged and is not committed yet; null where every batch is committed at once. */
  readonly log: CommitLog | null
}

/**
 * Set before the first read. A commit flushes before it returns, so committed is durable. In chunks there is one connection
 * a file, which keeps the lock and its cache; rows are read by anybody while they are written.
 */
const PRAGMAS = {
  chunks: `
  pragma page_size = ${PAGE_BYTES};
  pragma auto_vacuum = incremental;
  pragma locking_mode = exclusive;
  pragma journal_mode = truncate;
  pragma synchronous = full;
  pragma temp_store = memory;
  pragma cache_size = -8192;
`,
  rows: `
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma temp_store = memory;
  pragma cache_size = -8192;
`,
} as const

/**
 * Opens or creates a database and brings it to the newest schema. The own one may lie in a file of another name.
 *
 * Errors: throws when the file is newer than this Kymo, not ours, or not readable.
 */
export async function openDatabase(
  files: StoreFiles,
  id: DatabaseId,
  fileName: string = id,
): Promise<Database> {
  const sql = await files.open(fileName)
  try {
    const { layout } = files
    sql.exec(PRAGMAS[layout])
    await migrate(sql)
    if (layout === 'rows') makeRowTables(sql)
    if (id === OWN_DATABASE && layout === 'chunks') checkHealth(sql)
    const log = id === OWN_DATABASE && files.log !== null ? openCommitLog(files.log) : null
    const points = layout === 'rows' ? openRowStore(sql) : openChunkStore(sql)
    return { id, sql, points, log }
  } catch (cause) {
    sql.close()
    throw cause
  }
}

/**
 * Opens or creates the own database of a training at once, for a loop that never yields.
 *
 * Errors: throws when the file is newer than this Kymo, not ours, or not readable; and for one of an older schema, which `openDatabase` brings up.
 */
export function openRowsAtOnce(sql: Sql): Database {
  try {
    sql.exec(PRAGMAS.rows)
    if (!createSchema(sql)) throw new OlderSchemaError('The database has an older schema.')
    makeRowTables(sql)
    return { id: OWN_DATABASE, sql, points: openRowStore(sql), log: null }
  } catch (cause) {
    sql.close()
    throw cause
  }
}

/** Thrown for a database that `openDatabase` brings to the newest schema. */
export class OlderSchemaError extends Error {}
