import { columnName, type CellKind, type Column, type RowOf, type RowSpec } from '../../src/model/column.ts'
import type { Engine, Pointer } from './sqlite.ts'

/** The ways to read the current row of a statement. Each looks up its columns once. */
export interface Rows {
  /** The row it is at, whichever that is: every field is read when it is asked for. */
  current<S extends RowSpec>(spec: S): RowOf<S>
  /** Reads all fields of the row it is at. */
  keeper<S extends RowSpec>(spec: S): () => RowOf<S>
  /** Reads its only cell. */
  cell<T>(column: Column<T>): () => T
}

const decoder = new TextDecoder()

/** Errors: asking for a column that the statement does not have throws, and names it. */
export function openRows({ capi, wasm }: Engine, statement: Pointer, sql: string): Rows {
  // The wrappers of `capi` convert every argument, which takes longer than most of these calls.
  const raw = wasm.exports
  const readers = new WeakMap<RowSpec, readonly (readonly [field: string, read: () => unknown])[]>()
  const rows = new WeakMap<RowSpec, object>()
  const cellReaders = new WeakMap<Column<unknown>, () => unknown>()
  let places: ReadonlyMap<string, number> | undefined

  const isNull = (index: number): boolean => raw.sqlite3_column_type(statement, index) === capi.SQLITE_NULL
  const text = (index: number): string => {
    const start = raw.sqlite3_column_text(statement, index)
    const length = raw.sqlite3_column_bytes(statement, index)
    return length === 0 ? '' : decoder.decode(wasm.heap8u().subarray(start, start + length))
  }
  /** Owner of bytes: the caller; a copy out of the engine's memory, aligned to 8 bytes. */
  const cells: Readonly<Record<CellKind, (index: number) => unknown>> = {
    text,
    textOrNull: (index) => (isNull(index) ? null : text(index)),
    number: (index) => (isNull(index) ? Number.NaN : raw.sqlite3_column_double(statement, index)),
    numberOrNull: (index) => (isNull(index) ? null : raw.sqlite3_column_double(statement, index)),
    bytes: (index) => {
      const start = raw.sqlite3_column_blob(statement, index)
      return wasm.heap8u().slice(start, start + raw.sqlite3_column_bytes(statement, index))
    },
  }

  function readerAt(column: Column<unknown>, index: number): () => unknown {
    const read = cells[column.cell]
    const { decode } = column
    return decode === undefined ? () => read(index) : () => decode(read(index))
  }

  function placeOf(field: string): number {
    places ??= new Map(
      Array.from({ length: capi.sqlite3_column_count(statement) }, (_, index) => [
        capi.sqlite3_column_name(statement, index),
        index,
      ]),
    )
    const place = places.get(columnName(field))
    if (place === undefined) throw new Error(`There is no column ${columnName(field)} in: ${sql}`)
    return place
  }

  function readersOf(spec: RowSpec): readonly (readonly [field: string, read: () => unknown])[] {
    const known = readers.get(spec)
    if (known !== undefined) return known
    const made = Object.entries(spec).map(
      ([field, column]) => [field, readerAt(column, placeOf(field))] as const,
    )
    readers.set(spec, made)
    return made
  }

  return {
    current<S extends RowSpec>(spec: S) {
      const known = rows.get(spec)
      if (known !== undefined) return known as RowOf<S>
      const row = {}
      for (const [field, read] of readersOf(spec))
        Object.defineProperty(row, field, { get: read, enumerable: true })
      rows.set(spec, row)
      return row as RowOf<S>
    },
    keeper<S extends RowSpec>(spec: S) {
      const fields = readersOf(spec)
      return () => {
        const row: Record<string, unknown> = {}
        for (const [field, read] of fields) row[field] = read()
        return row as RowOf<S>
      }
    },
    cell<T>(column: Column<T>) {
      const known = cellReaders.get(column)
      if (known !== undefined) return known as () => T
      const read = readerAt(column, 0)
      cellReaders.set(column, read)
      return read as () => T
    },
  }
}
