import type { SqlKind } from '../../src/model/sql-kind.ts'
import type { SqlValue } from '../../src/protocol/sql-api.ts'
import type { Engine, Pointer } from '../db/sqlite.ts'

/** The value of a column of the current row. Owner: the caller. */
export type ReadValue = (column: number) => SqlValue

/** Source: sqlite.org/c3ref/c_blob.html. */
const INTEGER = 1
const REAL = 2
const TEXT = 3
const BLOB = 4

const decoder = new TextDecoder()

/** Reads the values of a statement; integers beyond what a double holds exactly as bigint. */
export function makeValueReader({ capi, wasm }: Engine, statement: Pointer): ReadValue {
  const raw = wasm.exports
  return (column) => {
    switch (raw.sqlite3_column_type(statement, column)) {
      case INTEGER: {
        const number = raw.sqlite3_column_double(statement, column)
        return Number.isSafeInteger(number) ? number : capi.sqlite3_column_int64(statement, column)
      }
      case REAL:
        return raw.sqlite3_column_double(statement, column)
      case TEXT: {
        const start = raw.sqlite3_column_text(statement, column)
        const length = raw.sqlite3_column_bytes(statement, column)
        return length === 0 ? '' : decoder.decode(wasm.heap8u().subarray(start, start + length))
      }
      case BLOB: {
        const start = raw.sqlite3_column_blob(statement, column)
        return wasm.heap8u().slice(start, start + raw.sqlite3_column_bytes(statement, column))
      }
      default:
        return null
    }
  }
}

/** The kind of value in a column of the current row; undefined for NULL. */
export type ReadKind = (column: number) => SqlKind | undefined

export function makeKindReader({ wasm }: Engine, statement: Pointer): ReadKind {
  return (column) => KINDS[wasm.exports.sqlite3_column_type(statement, column)]
}

const KINDS: Readonly<Record<number, SqlKind>> = {
  [INTEGER]: 'integer',
  [REAL]: 'real',
  [TEXT]: 'text',
  [BLOB]: 'blob',
}
