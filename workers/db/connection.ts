import type { Engine, Pointer } from './sqlite.ts'

/** An open connection of the engine. Failures are thrown with what SQLite says of them. */
export interface Connection {
  readonly pointer: Pointer
  /** A statement that its caller finalizes. Errors: throws for what is no statement, and for none. */
  prepare(sql: string): Pointer
  /** Runs statements whose rows nobody wants. */
  exec(sql: string): void
  /** Its statements are finalized. */
  close(): void
}

/** Opens a file, creating it when it is missing; `vfs` is where it lies, null for memory. */
export function openConnection({ capi, wasm }: Engine, path: string, vfs: string | null = null): Connection {
  const raw = wasm.exports
  const out = wasm.alloc(8)
  const flags = capi.SQLITE_OPEN_READWRITE | capi.SQLITE_OPEN_CREATE | capi.SQLITE_OPEN_EXRESCODE
  const opened = capi.sqlite3_open_v2(path, out, flags, vfs ?? 0)
  const pointer = wasm.peekPtr(out)

  /** Throws unless the code is that of success. */
  function check(code: number): void {
    if (code === 0) return
    throw new Error(
      `SQLite failed with ${code} (${pointer === 0 ? 'no memory' : capi.sqlite3_errmsg(pointer)})`,
    )
  }

  let isOpen = true

  function close(): void {
    if (!isOpen) return
    isOpen = false
    // One that is left would keep the connection and its file open behind everybody's back.
    for (let left = raw.sqlite3_next_stmt(pointer, 0); left !== 0; left = raw.sqlite3_next_stmt(pointer, 0))
      raw.sqlite3_finalize(left)
    capi.sqlite3_close_v2(pointer)
    wasm.dealloc(out)
  }

  /** The next connection may lie at the same address. */
  function expectOpen(): void {
    if (!isOpen) throw new Error('The connection is closed already.')
  }

  try {
    check(opened)
  } catch (cause) {
    close()
    throw cause
  }
  return {
    pointer,
    prepare(sql) {
      expectOpen()
      check(capi.sqlite3_prepare_v2(pointer, sql, -1, out, 0))
      const statement = wasm.peekPtr(out)
      if (statement === 0) throw new Error('There is no statement in it.')
      return statement
    },
    exec(sql) {
      expectOpen()
      check(capi.sqlite3_exec(pointer, sql, 0, 0, 0))
    },
    close,
  }
}
