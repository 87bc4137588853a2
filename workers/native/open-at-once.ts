import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import type { Database } from '../db/database.ts'
import { createSchema } from '../db/migrate.ts'
import { ROWS } from '../db/points/row-layout.ts'
import type { Sql } from '../db/sql.ts'

/**
 * Opens or creates the own database of a training at once, for a loop that never yields.
 *
 * Errors: throws when the file has an older or newer schema than this Kymo writes, is not ours, or not readable.
 */
export function openAtOnce(sql: Sql): Database {
  try {
    sql.exec(ROWS.pragmas)
    if (!createSchema(sql)) throw new Error('The database has an older schema.')
    return { id: OWN_DATABASE, sql, points: ROWS.open(sql), log: null }
  } catch (cause) {
    sql.close()
    throw cause
  }
}
