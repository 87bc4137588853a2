/** A value as SQLite binds it. */
export type DriverValue = string | number | null | Uint8Array

/** A statement of the SQLite of the system. */
export interface DriverStatement {
  /** Names of the columns it answers with, in order; none where it answers nothing. */
  columns(): readonly string[]
  run(values: readonly DriverValue[]): void
  /** Shape of a row: its cells in order. Owner of bytes: the caller. */
  rows(values: readonly DriverValue[]): IterableIterator<readonly unknown[]>
}

/** A connection of the SQLite of the system. */
export interface Driver {
  readonly isInTransaction: boolean
  exec(sql: string): void
  prepare(sql: string): DriverStatement
  close(): void
}

export interface OpenOptions {
  readonly readOnly?: boolean
}

/** How long a statement waits for another process that writes. Unit: milliseconds. */
export const BUSY_MS = 10_000

/** The primary result code of a file that another process keeps locked. Source: sqlite.org/rescode.html. */
export const BUSY = 5

/** A way to the SQLite of the system. */
export interface Drivers {
  open(path: string, options?: OpenOptions): Driver
  /** SQLite's result code of what one of its calls threw; null for what it did not throw. */
  codeOf(cause: unknown): number | null
}
