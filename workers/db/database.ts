import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import type { DatabaseId } from '../../src/protocol/database-id.ts'
import { openCommitLog } from './commit-log.ts'
import type { CommitLog } from './commit-log.ts'
import { checkHealth } from './health.ts'
import { migrate } from './migrate.ts'
import type { PointStore } from './points/point-store.ts'
import { isShared, type Sql } from './sql.ts'
import type { StoreFiles } from './store-files.ts'

/** One open Kymo database: the own one or an opened file. */
export interface Database {
  readonly id: DatabaseId
  readonly sql: Sql
  readonly points: PointStore
  /** What was acknowledged and is not committed yet; null where every batch is committed at once. */
  readonly log: CommitLog | null
}

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
    sql.exec(files.layout.pragmas)
    await migrate(sql)
    if (id === OWN_DATABASE && !isShared(sql)) checkHealth(sql)
    const log = id === OWN_DATABASE && files.log !== null ? openCommitLog(files.log) : null
    return { id, sql, points: files.layout.open(sql), log }
  } catch (cause) {
    sql.close()
    throw cause
  }
}
