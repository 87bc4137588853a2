import { BUSY_MS, type Driver, type Drivers, type DriverStatement, type DriverValue } from './driver.ts'

/** The part of `node:sqlite` that is used; what is optional is of later versions. Source: nodejs.org/api/sqlite.html. */
interface NodeStatement {
  columns(): readonly { readonly name: string }[]
  run(...values: readonly DriverValue[]): unknown
  iterate(...values: readonly DriverValue[]): IterableIterator<object>
  setReturnArrays?(on: boolean): void
}
interface NodeDatabase {
  readonly isTransaction?: boolean
  exec(sql: string): void
  prepare(sql: string): NodeStatement
  close(): void
}
interface NodeSqlite {
  /** Defensive: its schema cannot be written, as migrations do. */
  readonly DatabaseSync: new (
    path: string,
    options: { readonly readOnly: boolean; readonly defensive: boolean },
  ) => NodeDatabase
}

/** Node's own SQLite; null where this Node has none. */
export function loadNodeSqlite(): Drivers | null {
  const sqlite = quietly(() => process.getBuiltinModule?.('node:sqlite') as NodeSqlite | undefined)
  if (sqlite === undefined) return null
  return {
    open(path, { readOnly = false } = {}) {
      const database = new sqlite.DatabaseSync(path, { readOnly, defensive: readOnly })
      database.exec(`pragma busy_timeout = ${BUSY_MS}`)
      return toDriver(database)
    },
    codeOf: (cause) => {
      const code: unknown = cause instanceof Error ? Reflect.get(cause, 'errcode') : null
      return typeof code === 'number' ? code : null
    },
  }
}

/** That it is experimental in Node 22 is for us to know, and nothing that whoever trains can do about. */
function quietly<T>(load: () => T): T {
  const { emitWarning } = process
  process.emitWarning = () => undefined
  try {
    return load()
  } catch {
    return undefined as T
  } finally {
    process.emitWarning = emitWarning
  }
}

function toDriver(database: NodeDatabase): Driver {
  return {
    get isInTransaction() {
      return database.isTransaction ?? isBegun(database)
    },
    exec: (sql) => database.exec(sql),
    prepare: (sql) => toStatement(database.prepare(sql)),
    close: () => database.close(),
  }
}

/** Before Node 22.16 it does not say. */
function isBegun(database: NodeDatabase): boolean {
  try {
    database.exec('begin; rollback')
    return false
  } catch {
    return true
  }
}

function toStatement(statement: NodeStatement): DriverStatement {
  statement.setReturnArrays?.(true)
  let names: readonly string[] | undefined
  return {
    columns: () => (names ??= statement.columns().map(({ name }) => name)),
    run: (values) => void statement.run(...values),
    *rows(values: readonly DriverValue[]) {
      for (const row of statement.iterate(...values))
        yield Array.isArray(row) ? row : Object.values(row as object)
    },
  }
}
