import type { SqlAnswer, SqlFormat } from './sql-api.ts'
import type { Outcome } from './outcome.ts'

/**
 * What the worker of the console answers: it holds a copy of a database, so that a query may take as long as it likes,
 * and is terminated when it takes too long. All calls but the first need an open copy.
 */
export interface ConsoleApi {
  /** Takes a copy that `copyDatabase` made. Errors: `sql-memory`. */
  open(copy: Blob): Outcome<null>
  /** Runs a query until `limit` rows are there; it stays where it is for `next`. Errors: `sql-wrong`, `sql-memory`. */
  query(sql: string, offset: number, limit: number): Outcome<SqlAnswer>
  /** The rows after those that the last query answered. */
  next(limit: number): Outcome<SqlAnswer>
  /** Runs a query and writes all its rows. */
  exportQuery(sql: string, format: SqlFormat): Outcome<SqlFile>
  /** Writes rows that are here already; needs no copy. */
  exportAnswer(answer: SqlAnswer, format: SqlFormat): Outcome<SqlFile>
}

export interface SqlFile {
  readonly file: Blob
  readonly rows: number
}
