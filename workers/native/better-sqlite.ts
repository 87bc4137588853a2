import { createRequire } from 'node:module'
import { join } from 'node:path'
import { BUSY_MS, type Driver, type Drivers, type DriverStatement, type DriverValue } from './driver.ts'

/** The part of `better-sqlite3` that is used. Source: its documentation, docs/api.md. */
interface BetterStatement {
  readonly reader: boolean
  columns(): readonly { readonly name: string }[]
  raw(on: boolean): this
  run(...values: readonly Bound[]): unknown
  iterate(...values: readonly Bound[]): IterableIterator<readonly unknown[]>
}
interface BetterDatabase {
  readonly inTransaction: boolean
  /** Lets migrations write the schema. */
  unsafeMode(on: boolean): this
  exec(sql: string): void
  prepare(sql: string): BetterStatement
  close(): void
}
type BetterSqlite = new (
  path: string,
  options: { readonly readonly: boolean; readonly timeout: number },
) => BetterDatabase

/** The package `better-sqlite3`, of Kymo's neighbours or of the project; null where it is not installed, or not for this Node. */
export function loadBetterSqlite(): Drivers | null {
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    try {
      const Database = createRequire(from)('better-sqlite3') as BetterSqlite
      // It loads its binary with the first database.
      new Database(':memory:', { readonly: false, timeout: BUSY_MS }).close()
      return toDrivers(Database)
    } catch {
      // The next place may have one.
    }
  }
  return null
}

function toDrivers(Database: BetterSqlite): Drivers {
  return {
    open: (path, { readOnly = false } = {}) =>
      toDriver(new Database(path, { readonly: readOnly, timeout: BUSY_MS }).unsafeMode(!readOnly)),
    codeOf(cause) {
      const name: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : null
      if (typeof name !== 'string' || !name.startsWith('SQLITE_')) return null
      return CODES[name.split('_')[1] ?? ''] ?? CODES['ERROR'] ?? 1
    },
  }
}

/** Primary result codes by the first word of their names. Source: sqlite.org/rescode.html. */
const CODES: Readonly<Record<string, number>> = {
  ERROR: 1,
  BUSY: 5,
  LOCKED: 6,
  NOMEM: 7,
  READONLY: 8,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  CANTOPEN: 14,
  CONSTRAINT: 19,
  MISUSE: 21,
  NOTADB: 26,
}

function toDriver(database: BetterDatabase): Driver {
  return {
    get isInTransaction() {
      return database.inTransaction
    },
    exec: (sql) => database.exec(sql),
    prepare: (sql) => toStatement(database.prepare(sql), bindingOf(sql)),
    close: () => database.close(),
  }
}

type Bound = DriverValue | Readonly<Record<string, DriverValue>>

/** It takes `?1` for a name, whose value is found under `1`. */
function bindingOf(sql: string): (values: readonly DriverValue[]) => readonly Bound[] {
  if (!/\?\d/.test(sql)) return (values) => values
  return (values) => [Object.fromEntries(values.map((value, index) => [String(index + 1), value]))]
}

function toStatement(
  statement: BetterStatement,
  bind: (values: readonly DriverValue[]) => readonly Bound[],
): DriverStatement {
  if (statement.reader) statement.raw(true)
  let names: readonly string[] | undefined
  return {
    columns: () => (names ??= statement.reader ? statement.columns().map(({ name }) => name) : []),
    run(values) {
      if (statement.reader) for (const _ of statement.iterate(...bind(values)));
      else statement.run(...bind(values))
    },
    rows: (values) => statement.iterate(...bind(values)),
  }
}
