import type { SqlKind } from '../model/sql-kind.ts'

/** A query of the console: one statement that reads the tables of `PUBLIC_SCHEMA`. */
export interface SqlRequest {
  /** A DatabaseId. */
  readonly database: string
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
