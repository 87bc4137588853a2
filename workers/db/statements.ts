import { arenaOf } from './arena.ts'
import type { Connection } from './connection.ts'
import { openRows, type Rows } from './rows.ts'
import type { Engine, Pointer } from './sqlite.ts'

/** NaN is bound as NULL; integers may be bound as they are, a strict table keeps them integers. */
export type Bindable = string | number | null | Uint8Array

/** A statement and what its rows are read through. */
export interface Prepared {
  readonly address: Pointer
  readonly rows: Rows
}

/** The statements of a connection, prepared once and kept for the next time. */
export interface Statements {
  /** Taken out while in use, so that a query may run inside the visit of the same query. Errors: throws what the engine does. */
  take(sql: string): Prepared
  putBack(sql: string, prepared: Prepared): void
  /** Values lie in the arena until the statement is put back. */
  bind(address: Pointer, values: readonly Bindable[]): void
  close(): void
}

/** SQLITE_STATIC: the engine reads a bound value where it lies, until the statement is reset. */
const STAYS_IN_PLACE = 0

/**
 * Statements kept when they are idle, the ones used last: more than Kymo has of its own, few enough that queries composed
 * of whatever a user asks do not fill the memory. A large one weighs 50 KB.
 */
const MAX_IDLE_STATEMENTS = 256

export function makeStatements(engine: Engine, connection: Connection): Statements {
  const { capi } = engine
  // The wrappers of `capi` convert every argument, which takes longer than most of these calls.
  const raw = engine.wasm.exports
  const arena = arenaOf(engine)
  const idle = new Map<string, Prepared>()

  function finalizeOldest(): void {
    for (const [sql, { address }] of idle) {
      idle.delete(sql)
      capi.sqlite3_finalize(address)
      return
    }
  }

  return {
    take(sql) {
      const kept = idle.get(sql)
      if (kept !== undefined) {
        idle.delete(sql)
        return kept
      }
      const address = connection.prepare(sql)
      return { address, rows: openRows(engine, address, sql) }
    },
    putBack(sql, prepared) {
      raw.sqlite3_reset(prepared.address)
      raw.sqlite3_clear_bindings(prepared.address)
      if (idle.has(sql)) capi.sqlite3_finalize(prepared.address)
      else idle.set(sql, prepared)
      if (idle.size > MAX_IDLE_STATEMENTS) finalizeOldest()
    },
    bind(address, values) {
      for (let index = 0; index < values.length; index++) {
        const value = values[index] ?? null
        if (typeof value === 'number') raw.sqlite3_bind_double(address, index + 1, value)
        else if (value === null) raw.sqlite3_bind_null(address, index + 1)
        else if (typeof value === 'string') {
          const text = arena.putText(value)
          raw.sqlite3_bind_text(address, index + 1, text.address, text.length, STAYS_IN_PLACE)
        } else {
          raw.sqlite3_bind_blob(address, index + 1, arena.putBytes(value), value.length, STAYS_IN_PLACE)
        }
      }
    },
    close() {
      for (const { address } of idle.values()) capi.sqlite3_finalize(address)
      idle.clear()
    },
  }
}
