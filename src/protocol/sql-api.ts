import type { SqlKind } from '../model/sql-kind.ts'
import type { CallsOf } from './call-kind.ts'
import type { DatabaseId } from './database-id.ts'
import type { Outcome } from './outcome.ts'

/** The console's queries, as the owner answers them; those that take longer run over a copy, in `ConsoleApi`. */
export interface SqlApi {
  /** Runs a query for a moment. Errors: `sql-wrong` with its place; `sql-slow` when the moment is over. */
  querySql(request: SqlRequest): Outcome<SqlAnswer>
  /** The bytes of a database as of now, for a query that takes longer. Errors: `sql-memory` when it is too large. */
  copyDatabase(database: DatabaseId): Outcome<Blob>
}

export const SQL_CALLS = {
  querySql: 'again',
  copyDatabase: 'once',
} as const satisfies CallsOf<SqlApi>

/** A query of the console: one statement that reads the tables of `PUBLIC_SCHEMA`. */
export interface SqlRequest {
  readonly database: DatabaseId
  readonly sql: string
  /** Rows that are passed over first. */
  readonly offset: number
  /** At most MAX_SQL_ROWS. */
  readonly limit: number
}

/** A longer text was not written by hand, and would not fit into a link. Unit: UTF-16 units. */
export const MAX_SQL_LENGTH = 20_000

/** Rows that are shown at first: sent, drawn and read in no time. */
export const FIRST_SQL_ROWS = 1_000

/** Rows of one answer. More make the page stutter while they are cloned; whoever wants all of them exports. */
export const MAX_SQL_ROWS = 10_000

/** What SQLite knows, as it is cloned: bigint for integers that a double does not hold exactly. */
export type SqlValue = number | bigint | string | Uint8Array | null

/** Shape: one value a row. */
export interface SqlColumn {
  readonly name: string
  readonly kind: SqlKind
  readonly values: readonly SqlValue[]
}

export interface SqlAnswer {
  readonly columns: readonly SqlColumn[]
  readonly rows: number
  /** Whether rows follow after the last one. */
  readonly more: boolean
  /** How long SQLite took. Unit: milliseconds. */
  readonly elapsedMs: number
}

export type SqlFormat = 'csv' | 'json' | 'arrow'
