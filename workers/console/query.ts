import { sqlStatements } from '../../src/model/sql-text.ts'
import { err, ok, type Result } from '../../src/model/result.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'
import type { Pointer } from '../db/sqlite.ts'
import { engineOf, SqlError, type Sql } from '../db/sql.ts'
import { guardOf } from './guard.ts'
import { deniedError, explainEngine, sqlWrong, whyNoQuery } from './sql-errors.ts'
import { makeKindReader, makeValueReader, type ReadKind, type ReadValue } from './values.ts'

/** A query that runs, row by row. */
export interface OpenQuery {
  readonly columns: readonly string[]
  /**
   * Goes to the next row; answers whether there is one.
   *
   * Errors: throws `QueryFailed` for what the user can act on, else SqlError.
   */
  step(): boolean
  /** The value of a column of the current row. Owner: the caller. */
  readonly value: ReadValue
  readonly kind: ReadKind
  /** Goes back before the first row. */
  restart(): void
  close(): void
}

/** A query that failed while it ran. */
export class QueryFailed extends Error {
  override readonly name = 'QueryFailed'
  readonly error: TrackerError

  constructor(error: TrackerError) {
    super(error.message)
    this.error = error
  }
}

/** Texts, blobs and rows longer than this are refused, so that one expression cannot fill the memory. */
const MAX_VALUE_BYTES = 16 * 2 ** 20

/** Source: sqlite.org/c3ref/c_limit_attached.html. */
const LIMIT_LENGTH = 0

/** Statements of one connection are spoken to one after the other, so the limit holds while a query is asked. */
export function withValueLimit<T>(sql: Sql, work: () => T): T {
  const { pointer } = sql
  const engine = engineOf(sql)
  const before = engine.capi.sqlite3_limit(pointer, LIMIT_LENGTH, MAX_VALUE_BYTES)
  try {
    return work()
  } finally {
    engine.capi.sqlite3_limit(pointer, LIMIT_LENGTH, before)
  }
}

/** Prepares one statement that reads public tables. Errors: `sql-wrong` with its place. */
export function openQuery(sql: Sql, text: string): Result<OpenQuery, TrackerError> {
  const [statement, another] = sqlStatements(text)
  if (statement === undefined)
    return err(sqlWrong('There is no query yet. Write one, or choose an example.', 0, 0))
  if (another !== undefined) {
    return err(sqlWrong('These are several queries; one is run at a time.', another.from, another.to))
  }
  const written = text.slice(statement.from, statement.to)
  const objection = whyNoQuery(written, statement.from)
  if (objection !== null) return err(objection)
  const { views, watch } = guardOf(sql)
  views.ensure()
  const { prefix, restAt } = views.scope(written)
  const scoped = `${prefix}${written.slice(restAt)}`
  const { value: prepared, denial } = watch(() => prepare(sql, scoped))
  if (denial !== null) {
    if (prepared.ok) engineOf(sql).capi.sqlite3_finalize(prepared.value)
    return err(deniedError(engineOf(sql), denial, text))
  }
  if (!prepared.ok) {
    const { message, code, byteOffset } = prepared.error
    const at = byteOffset < 0 ? null : charIndex(scoped, byteOffset) - prefix.length + restAt + statement.from
    return err(explainEngine(code, message, text, at))
  }
  return toQuery(sql, prepared.value, text)
}

interface EngineFailure {
  readonly code: number
  readonly message: string
  /** −1 when SQLite does not know. */
  readonly byteOffset: number
}

function prepare(sql: Sql, text: string): Result<Pointer, EngineFailure> {
  const { pointer } = sql
  const { capi, wasm } = engineOf(sql)
  const out = wasm.alloc(8)
  try {
    const code = capi.sqlite3_prepare_v2(pointer, text, -1, out, 0)
    if (code === 0) return ok(wasm.peekPtr(out))
    const byteOffset = capi.sqlite3_error_offset(pointer)
    return err({ code, message: capi.sqlite3_errmsg(pointer), byteOffset })
  } finally {
    wasm.dealloc(out)
  }
}

function charIndex(text: string, byteOffset: number): number {
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, byteOffset)).length
}

function toQuery(sql: Sql, statement: Pointer, text: string): Result<OpenQuery, TrackerError> {
  const { pointer } = sql
  const engine = engineOf(sql)
  const { capi } = engine
  const raw = engine.wasm.exports
  if (capi.sqlite3_bind_parameter_count(statement) > 0 || capi.sqlite3_stmt_readonly(statement) === 0) {
    capi.sqlite3_finalize(statement)
    return err(
      sqlWrong('A query of the console takes no parameters; write the values in their places.', 0, 0),
    )
  }
  const count = capi.sqlite3_column_count(statement)
  let isDone = false
  return ok({
    columns: Array.from({ length: count }, (_, index) => capi.sqlite3_column_name(statement, index)),
    value: makeValueReader(engine, statement),
    kind: makeKindReader(engine, statement),
    step() {
      // A step after the last one would begin anew.
      if (isDone) return false
      const code = raw.sqlite3_step(statement)
      if (code === capi.SQLITE_ROW) return true
      isDone = true
      if (code === capi.SQLITE_DONE) return false
      const failure = new SqlError(
        pointer,
        capi.sqlite3_extended_errcode(pointer),
        capi.sqlite3_errmsg(pointer),
        text,
      )
      if (isOfDisk(failure)) throw failure
      throw new QueryFailed(explainEngine(failure.primaryCode, capi.sqlite3_errmsg(pointer), text, null))
    },
    restart() {
      raw.sqlite3_reset(statement)
      isDone = false
    },
    close: () => capi.sqlite3_finalize(statement),
  })
}

/** SQLITE_IOERR, CORRUPT, NOTADB: no fault of the query. Source: sqlite.org/rescode.html. */
function isOfDisk({ primaryCode }: SqlError): boolean {
  return [10, 11, 26].includes(primaryCode)
}
