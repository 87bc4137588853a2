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

/** What opens files in this Node, and what it is, as its users call it. */
export interface Drivers {
  readonly name: string
  open(path: string, options?: OpenOptions): Driver
  /** SQLite's result code of what one of its calls threw; null for what it did not throw. */
  codeOf(cause: unknown): number | null
}

let loading: Promise<Drivers> | undefined

/**
 * Node's own SQLite where there is one (22.13 and later), else the package `better-sqlite3` if it is installed.
 *
 * Errors: rejects with what to do where there is neither.
 */
export function loadDrivers(): Promise<Drivers> {
  loading ??= load()
  return loading
}

async function load(): Promise<Drivers> {
  const { loadNodeSqlite } = await import('./node-sqlite.ts')
  const own = loadNodeSqlite()
  if (own !== null) return own
  const { loadBetterSqlite } = await import('./better-sqlite.ts')
  const installed = loadBetterSqlite()
  if (installed !== null) return installed
  throw new Error(
    `Node ${process.versions.node} has no SQLite: use Node 22.13 or newer, or install the package better-sqlite3 (npm install better-sqlite3)`,
  )
}
