import { loadBetterSqlite } from './better-sqlite.ts'
import type { Drivers } from './driver.ts'
import { loadNodeSqlite } from './node-sqlite.ts'

/** Thrown where Node has no SQLite. */
export class NoSqliteError extends Error {}

let loaded: Drivers | null = null

/**
 * Node's own SQLite where there is one (22.13 and later), else the package `better-sqlite3` if it is installed.
 *
 * Errors: throws what to do where there is neither.
 */
export function loadDrivers(): Drivers {
  loaded ??= loadNodeSqlite() ?? loadBetterSqlite()
  if (loaded !== null) return loaded
  throw new NoSqliteError(
    `Node ${process.versions.node} has no SQLite: use Node 22.13 or newer, or install the package better-sqlite3 (npm install better-sqlite3)`,
  )
}
