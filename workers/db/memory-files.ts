import { CHUNKS } from './points/chunk-layout.ts'
import { makeSql } from './sql.ts'
import type { Sql } from './sql.ts'
import { openConnection, type Connection } from './connection.ts'
import type { Engine } from './sqlite.ts'
import { isSqlite, WAL_FLAG_OFFSET } from './store-files.ts'
import type { ByteParts, LogFile, StoreFiles } from './store-files.ts'

/**
 * Files that live as long as this thread. A closed file is kept as its bytes, so that closing and opening again is the
 * same road as on a disk.
 */
export function openMemoryFiles(engine: Engine, reason: string): StoreFiles {
  const closed = new Map<string, Uint8Array>()
  const opened = new Set<string>()

  return {
    kind: 'memory',
    layout: CHUNKS,
    reason,
    names: () => [...closed.keys(), ...opened],
    open(name) {
      if (opened.has(name)) throw new Error(`${name} is open already.`)
      const connection = openConnection(engine, ':memory:')
      const bytes = closed.get(name)
      if (bytes !== undefined) deserialize(engine, connection, bytes)
      closed.delete(name)
      opened.add(name)
      const sql = makeSql(engine, connection)
      const { close } = sql
      return Promise.resolve(
        Object.assign(sql, {
          close() {
            if (!opened.delete(name)) return
            // As when a connection to a disk ends.
            sql.rollback()
            closed.set(name, engine.capi.sqlite3_js_db_export(sql.pointer))
            close()
          },
        } satisfies Partial<Sql>),
      )
    },
    log: makeMemoryLog(),
    remove(name) {
      closed.delete(name)
    },
    async importParts(name, parts) {
      const bytes = await joinParts(parts)
      if (!isSqlite(bytes)) throw new Error('The bytes are not a SQLite database.')
      bytes.fill(1, WAL_FLAG_OFFSET, WAL_FLAG_OFFSET + 2)
      closed.set(name, bytes)
      return bytes.length
    },
    release() {
      closed.clear()
    },
  }
}

function deserialize({ capi, wasm }: Engine, connection: Connection, bytes: Uint8Array): void {
  if (bytes.length === 0) return
  const copy = wasm.allocFromTypedArray(bytes)
  const flags = capi.SQLITE_DESERIALIZE_FREEONCLOSE | capi.SQLITE_DESERIALIZE_RESIZEABLE
  const code = capi.sqlite3_deserialize(connection.pointer, 'main', copy, bytes.length, bytes.length, flags)
  if (code !== 0) throw new Error(`SQLite refused the bytes of a database in memory (${code}).`)
}

async function joinParts(parts: ByteParts): Promise<Uint8Array> {
  const kept: Uint8Array[] = []
  let length = 0
  for await (const part of parts) {
    kept.push(part)
    length += part.length
  }
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const part of kept) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}

function makeMemoryLog(): LogFile {
  let bytes = new Uint8Array(0)
  return {
    size: () => bytes.length,
    read(into, at) {
      const part = bytes.subarray(at, at + into.length)
      into.set(part)
      return part.length
    },
    write(part, at) {
      if (at + part.length > bytes.length) {
        const grown = new Uint8Array(Math.max(at + part.length, bytes.length * 2))
        grown.set(bytes)
        bytes = grown
      }
      bytes.set(part, at)
    },
    truncate(size) {
      bytes = bytes.slice(0, size)
    },
    flush: () => undefined,
  }
}
