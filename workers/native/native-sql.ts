import { closeSync, openSync, readSync } from 'node:fs'
import { columnName, type CellKind, type Column, type RowOf, type RowSpec } from '../../src/model/column.ts'
import { withoutZero } from '../../src/model/without-zero.ts'
import { makeTransactions, SqlError, type Sql } from '../db/sql.ts'
import type { Bindable } from '../db/statements.ts'
import type { Driver, Drivers, DriverStatement, OpenOptions } from './driver.ts'

/** As many as `makeStatements` keeps. */
const MAX_IDLE_STATEMENTS = 256

/** Primary result codes. Source: sqlite.org/rescode.html. */
const ERROR = 1
const CANTOPEN = 14
const MISUSE = 21

let lastPointer = 0

/** How cells of a row become what a spec says, each looked up by its name once a statement. */
type Reader = (cells: readonly unknown[]) => unknown

interface Prepared {
  readonly statement: DriverStatement
  readonly readers: WeakMap<RowSpec, readonly (readonly [field: string, read: Reader])[]>
}

/**
 * Speaks SQL to a file at `path` through the SQLite of the system, which takes NaN for null by itself.
 *
 * Errors: throws when the file cannot be opened.
 */
export function makeNativeSql(drivers: Drivers, path: string, options: OpenOptions = {}): Sql {
  // Connections of the engine have positive ones.
  const pointer = (lastPointer -= 1)
  const driver = connect()
  const idle = new Map<string, Prepared>()
  let isOpen = true

  function connect(): Driver {
    try {
      return drivers.open(path, options)
    } catch (cause) {
      throw new SqlError(pointer, drivers.codeOf(cause) ?? CANTOPEN, messageOf(cause), `open ${path}`)
    }
  }

  function failure(sql: string, cause: unknown): SqlError {
    if (!isOpen) return new SqlError(pointer, MISUSE, 'the connection is closed', sql)
    return new SqlError(pointer, drivers.codeOf(cause) ?? ERROR, messageOf(cause), sql)
  }

  function take(sql: string): Prepared {
    if (!isOpen) throw failure(sql, null)
    const kept = idle.get(sql)
    if (kept !== undefined) {
      idle.delete(sql)
      return kept
    }
    return { statement: driver.prepare(sql), readers: new WeakMap() }
  }

  function putBack(sql: string, prepared: Prepared): void {
    idle.set(sql, prepared)
    const [oldest] = idle.size > MAX_IDLE_STATEMENTS ? idle.keys() : []
    if (oldest !== undefined) idle.delete(oldest)
  }

  /** A statement in use is nobody else's, so that a query may run inside the visit of the same query. */
  function using<T>(sql: string, work: (prepared: Prepared) => T): T {
    let prepared
    try {
      prepared = take(sql)
    } catch (cause) {
      throw cause instanceof SqlError ? cause : failure(sql, cause)
    }
    try {
      return work(prepared)
    } catch (cause) {
      throw drivers.codeOf(cause) === null ? cause : failure(sql, cause)
    } finally {
      putBack(sql, prepared)
    }
  }

  function run(sql: string, ...values: readonly Bindable[]): void {
    using(sql, ({ statement }) => statement.run(toBound(values)))
  }

  function visit<T>(
    sql: string,
    values: readonly Bindable[],
    open: (prepared: Prepared) => (cells: readonly unknown[]) => T,
    onRow: (row: T) => void,
  ): void {
    using(sql, (prepared) => {
      const read = open(prepared)
      for (const cells of prepared.statement.rows(toBound(values))) onRow(read(cells))
    })
  }

  function gather<T>(
    sql: string,
    values: readonly Bindable[],
    open: (prepared: Prepared) => (cells: readonly unknown[]) => T,
  ): T[] {
    const rows: T[] = []
    visit(sql, values, open, (row) => rows.push(row))
    return rows
  }

  function first<T>(
    sql: string,
    values: readonly Bindable[],
    open: (prepared: Prepared) => (cells: readonly unknown[]) => T,
  ): T | undefined {
    return using(sql, (prepared) => {
      const read = open(prepared)
      for (const cells of prepared.statement.rows(toBound(values))) return read(cells)
      return undefined
    })
  }

  const isInTransaction = (): boolean => isOpen && driver.isInTransaction

  return {
    engine: null,
    pointer,
    exec(sql) {
      if (!isOpen) throw failure(sql, null)
      try {
        driver.exec(sql)
      } catch (cause) {
        throw failure(sql, cause)
      }
    },
    run,
    each: (sql, values, spec, onRow) => visit(sql, values, rowReader(spec, sql), onRow),
    all: (sql, values, spec) => gather(sql, values, rowReader(spec, sql)),
    map: (sql, values, spec, parse) => {
      const rows: ReturnType<typeof parse>[] = []
      visit(sql, values, rowReader(spec, sql), (row) => rows.push(parse(row)))
      return rows
    },
    first: (sql, values, spec) => first(sql, values, rowReader(spec, sql)),
    exists: (sql, values) => first(sql, values, () => () => true) ?? false,
    value: (sql, values, column) => first(sql, values, cellReader(column)),
    column: (sql, values, column) => gather(sql, values, cellReader(column)),
    ...makeTransactions(run, isInTransaction),
    *readFile() {
      if (driver.isInTransaction) throw new Error('What is not committed is not in the file.')
      driver.exec('pragma wal_checkpoint(truncate)')
      yield* readFileParts(path)
    },
    get isOpen() {
      return isOpen
    },
    get isInTransaction() {
      return isInTransaction()
    },
    close() {
      if (!isOpen) return
      isOpen = false
      idle.clear()
      driver.close()
    },
  }
}

/** Node's own SQLite reads a text up to the character zero before version 24: two keys would look alike. */
function toBound(values: readonly Bindable[]): readonly Bindable[] {
  const isFine = values.every((value) => typeof value !== 'string' || !value.includes('\0'))
  return isFine ? values : values.map((value) => (typeof value === 'string' ? withoutZero(value) : value))
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

/** A part as large as blobs are cut: 1 MiB. */
const PART_BYTES = 2 ** 20

function* readFileParts(path: string): Generator<Uint8Array<ArrayBuffer>> {
  const file = openSync(path, 'r')
  try {
    for (;;) {
      const part = new Uint8Array(PART_BYTES)
      const length = readSync(file, part)
      if (length === 0) return
      yield part.subarray(0, length)
    }
  } finally {
    closeSync(file)
  }
}

function rowReader<S extends RowSpec>(
  spec: S,
  sql: string,
): (prepared: Prepared) => (cells: readonly unknown[]) => RowOf<S> {
  return ({ statement, readers }) => {
    const fields = readers.get(spec) ?? fieldsOf(spec, statement.columns(), sql)
    readers.set(spec, fields)
    return (cells) => {
      const row: Record<string, unknown> = {}
      for (const [field, read] of fields) row[field] = read(cells)
      return row as RowOf<S>
    }
  }
}

function fieldsOf(
  spec: RowSpec,
  names: readonly string[],
  sql: string,
): readonly (readonly [field: string, read: Reader])[] {
  return Object.entries(spec).map(([field, column]) => {
    const place = names.indexOf(columnName(field))
    if (place < 0) throw new Error(`There is no column ${columnName(field)} in: ${sql}`)
    return [field, readerAt(column, place)] as const
  })
}

function cellReader<T>(column: Column<T>): () => (cells: readonly unknown[]) => T {
  const read = readerAt(column, 0)
  return () => read as (cells: readonly unknown[]) => T
}

function readerAt({ cell, decode }: Column<unknown>, place: number): Reader {
  const read = CELLS[cell]
  return decode === undefined ? (cells) => read(cells[place]) : (cells) => decode(read(cells[place]))
}

/** As the engine reads cells: whatever a text or a number is not becomes one as SQLite's own conversions say. */
const CELLS: Readonly<Record<CellKind, (cell: unknown) => unknown>> = {
  text: toText,
  textOrNull: (cell) => (cell === null ? null : toText(cell)),
  number: (cell) => (cell === null ? Number.NaN : toNumber(cell)),
  numberOrNull: (cell) => (cell === null ? null : toNumber(cell)),
  bytes: (cell) => (cell instanceof Uint8Array ? new Uint8Array(cell) : new Uint8Array(0)),
}

function toText(cell: unknown): string {
  if (typeof cell === 'string') return cell
  if (cell === null) return ''
  return cell instanceof Uint8Array ? new TextDecoder().decode(cell) : String(cell)
}

function toNumber(cell: unknown): number {
  if (typeof cell === 'number') return cell
  const read = Number.parseFloat(toText(cell))
  return Number.isNaN(read) ? 0 : read
}
