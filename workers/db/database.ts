import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import type { DatabaseId } from '../../src/protocol/database-id.ts'
import { openCommitLog } from './commit-log.ts'
import type { CommitLog } from './commit-log.ts'
import { checkHealth } from './health.ts'
import { migrate } from './migrate.ts'
import { openChunkStore } from './points/chunk-store.ts'
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
 * Set before the first read. A commit flushes before it returns, so committed is durable. One connection a file, so it keeps
 * the lock and its cache.
 */
const PRAGMAS = `
  pragma page_size = ${PAGE_BYTES};
  pragma auto_vacuum = incremental;
  pragma locking_mode = exclusive;
  pragma journal_mode = truncate;
  pragma synchronous = full;
  pragma temp_store = memory;
  pragma cache_size = -8192;
`

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
    sql.exec(PRAGMAS)
    await migrate(sql)
    if (id === OWN_DATABASE) checkHealth(sql)
    const log = id === OWN_DATABASE ? openCommitLog(files.log) : null
    const database = { id, sql, points: openChunkStore(sql), log }
    return database
  } catch (cause) {
    sql.close()
    throw cause
  }
}
