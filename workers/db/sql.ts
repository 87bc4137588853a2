import type { Column, RowOf, RowSpec } from '../../src/model/column.ts'
import { arenaOf } from './arena.ts'
import type { Connection } from './connection.ts'
import type { Rows } from './rows.ts'
import type { Engine, Pointer } from './sqlite.ts'
import { makeStatements, type Bindable, type Prepared } from './statements.ts'

/** One connection, spoken to in SQL. Every failure is a `SqlError` that names the statement. */
export interface Sql {
  /** null for the SQLite of the system: what only the engine can is not to be had there. */
  readonly engine: Engine | null
  /** Tells it from all others: an address in the engine's memory, or less than 0. */
  readonly pointer: Pointer
  /** Runs statements that take no values. */
  exec(sql: string): void
  run(sql: string, ...values: readonly Bindable[]): void
  /** Visits the rows as `spec` says; a row is valid until the next one. Its columns are found by their names. */
  each<S extends RowSpec>(
    sql: string,
    values: readonly Bindable[],
    spec: S,
    visit: (row: RowOf<S>) => void,
  ): void
  /** The rows, each to keep. */
  all<S extends RowSpec>(sql: string, values: readonly Bindable[], spec: S): RowOf<S>[]
  /** What `parse` makes of every row. */
  map<S extends RowSpec, T>(
    sql: string,
    values: readonly Bindable[],
    spec: S,
    parse: (row: RowOf<S>) => T,
  ): T[]
  first<S extends RowSpec>(sql: string, values: readonly Bindable[], spec: S): RowOf<S> | undefined
  /** Whether there is any row. */
  exists(sql: string, values: readonly Bindable[]): boolean
  /** The only cell of the first row. */
  value<T>(sql: string, values: readonly Bindable[], column: Column<T>): T | undefined
  /** The only column. */
  column<T>(sql: string, values: readonly Bindable[], column: Column<T>): T[]
  /** Keeps what `work` did, or undoes all of it when it throws. Inside an open transaction it is a part of that one. */
  transaction<T>(work: () => T): T
  /** The bytes of its file, where there is one that others see; null for what only the engine reads: see `readParts`. */
  readonly readFile: (() => Generator<Uint8Array<ArrayBuffer>>) | null
  readonly isOpen: boolean
  /** Whether a transaction is open, which none is after `close`: `begin` opens one unless one is, `commit` and `rollback` end it if one is. */
  readonly isInTransaction: boolean
  begin(): void
  commit(): void
  rollback(): void
  close(): void
}

/** What only the engine of the browser can. Errors: throws over the SQLite of the system. */
export function engineOf({ engine }: Pick<Sql, 'engine'>): Engine {
  if (engine === null) throw new Error('The SQLite of the system cannot do this.')
  return engine
}

/** Whether other processes may have the file open, and be at work in it. */
export function isShared({ engine }: Pick<Sql, 'engine'>): boolean {
  return engine === null
}

/** A failure of the engine. `code` is SQLite's extended result code, `connection` what it was met through. */
export class SqlError extends Error {
  override readonly name = 'SqlError'
  readonly code: number
  readonly connection: Pointer

  constructor(connection: Pointer, code: number, message: string, sql: string) {
    super(`SQLite failed with ${code} (${message}) in: ${sql}`)
    this.connection = connection
    this.code = code
  }

  /** The result code without what extends it. Source: sqlite.org/rescode.html. */
  get primaryCode(): number {
    return this.code & 0xff
  }
}

/** Source: sqlite.org/rescode.html. */
const MISUSE = 21

/** Speaks SQL to a connection. */
export function makeSql(engine: Engine, connection: Connection): Sql {
  const { capi } = engine
  // The wrappers of `capi` convert every argument, which takes longer than most of these calls.
  const raw = engine.wasm.exports
  const arena = arenaOf(engine)
  const { pointer } = connection
  const { SQLITE_ROW, SQLITE_DONE } = capi
  const statements = makeStatements(engine, connection)
  let isOpen = true

  function failure(sql: string): SqlError {
    if (!isOpen) return new SqlError(pointer, MISUSE, 'the connection is closed', sql)
    return new SqlError(pointer, capi.sqlite3_extended_errcode(pointer), capi.sqlite3_errmsg(pointer), sql)
  }

  function prepare(sql: string): Prepared {
    try {
      return statements.take(sql)
    } catch {
      throw failure(sql)
    }
  }

  /** Steps through the rows until `visit` answers false; `open` says how they are read. */
  function query<R>(
    sql: string,
    values: readonly Bindable[],
    open: (rows: Rows) => R,
    visit: (row: R) => boolean,
  ): void {
    const prepared = prepare(sql)
    const { address } = prepared
    const mark = arena.mark()
    try {
      statements.bind(address, values)
      const row = open(prepared.rows)
      for (;;) {
        const code = raw.sqlite3_step(address)
        if (code === SQLITE_DONE) return
        if (code !== SQLITE_ROW) throw failure(sql)
        if (!visit(row)) return
      }
    } finally {
      statements.putBack(sql, prepared)
      arena.release(mark)
    }
  }

  function exec(sql: string): void {
    try {
      connection.exec(sql)
    } catch {
      throw failure(sql)
    }
  }

  function run(sql: string, ...values: readonly Bindable[]): void {
    query(sql, values, unread, () => true)
  }

  function each<R>(
    sql: string,
    values: readonly Bindable[],
    open: (rows: Rows) => R,
    visit: (row: R) => void,
  ): void {
    query(sql, values, open, (row) => {
      visit(row)
      return true
    })
  }

  function gather<R, T>(
    sql: string,
    values: readonly Bindable[],
    open: (rows: Rows) => R,
    parse: (row: R) => T,
  ): T[] {
    const parsed: T[] = []
    each(sql, values, open, (row) => parsed.push(parse(row)))
    return parsed
  }

  function first<R, T>(
    sql: string,
    values: readonly Bindable[],
    open: (rows: Rows) => R,
    parse: (row: R) => T,
  ): T | undefined {
    let found: T | undefined
    query(sql, values, open, (row) => {
      found = parse(row)
      return false
    })
    return found
  }

  function isInTransaction(): boolean {
    return isOpen && raw.sqlite3_get_autocommit(pointer) === 0
  }

  return {
    engine,
    pointer,
    exec,
    run,
    each: (sql, values, spec, visit) => each(sql, values, (rows) => rows.current(spec), visit),
    all: (sql, values, spec) => gather(sql, values, (rows) => rows.keeper(spec), called),
    map: (sql, values, spec, parse) => gather(sql, values, (rows) => rows.current(spec), parse),
    first: (sql, values, spec) => first(sql, values, (rows) => rows.keeper(spec), called),
    exists: (sql, values) => first(sql, values, unread, () => true) ?? false,
    value: (sql, values, column) => first(sql, values, (rows) => rows.cell(column), called),
    column: (sql, values, column) => gather(sql, values, (rows) => rows.cell(column), called),
    ...makeTransactions(run, isInTransaction),
    readFile: null,
    get isOpen() {
      return isOpen
    },
    get isInTransaction() {
      return isInTransaction()
    },
    close() {
      isOpen = false
      statements.close()
      connection.close()
    },
  }
}

/** How a transaction begins, is kept and undone: on its own, and inside another. */
const WHOLE = ['begin immediate', 'commit', ['rollback']] as const
const PART = ['savepoint part', 'release part', ['rollback to part', 'release part']] as const

/** Transactions of a connection, by statements of it. */
export function makeTransactions(
  run: (sql: string) => void,
  isInTransaction: () => boolean,
): Pick<Sql, 'transaction' | 'begin' | 'commit' | 'rollback'> {
  return {
    transaction(work) {
      const [begin, keep, undo] = isInTransaction() ? PART : WHOLE
      run(begin)
      try {
        const result = work()
        run(keep)
        return result
      } catch (cause) {
        if (isInTransaction()) for (const step of undo) run(step)
        throw cause
      }
    },
    begin() {
      if (!isInTransaction()) run('begin immediate')
    },
    commit() {
      if (isInTransaction()) run('commit')
    },
    /** A failed write may have rolled back by itself already. */
    rollback() {
      if (isInTransaction()) run('rollback')
    },
  }
}

function called<T>(read: () => T): T {
  return read()
}

function unread(): null {
  return null
}
