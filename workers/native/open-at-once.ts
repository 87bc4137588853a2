import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import type { Database } from '../db/database.ts'
import { createSchema } from '../db/migrate.ts'
import { ROWS } from '../db/points/row-layout.ts'
import type { Sql } from '../db/sql.ts'

/** Thrown for a database that `openDatabase` brings to the newest schema. */
export class OlderSchemaError extends Error {}

/**
 * Opens or creates the own database of a training at once, for a loop that never yields.
 *
 * Errors: throws when the file is newer than this Kymo, not ours, or not readable; `OlderSchemaError` for one of an older schema.
 */
export function openAtOnce(sql: Sql): Database {
  try {
    sql.exec(ROWS.pragmas)
    if (!createSchema(sql)) throw new OlderSchemaError('The database has an older schema.')
    return { id: OWN_DATABASE, sql, points: ROWS.open(sql), log: null }
  } catch (cause) {
    sql.close()
    throw cause
  }
}
