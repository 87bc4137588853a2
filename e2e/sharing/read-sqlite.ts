import { readFile } from 'node:fs/promises'
import sqlite3InitModule from '@sqlite.org/sqlite-wasm'

/** A value as SQLite answers it. */
export type Cell = string | number | bigint | null | Uint8Array

export interface PlainDatabase extends Disposable {
  rows(sql: string, ...params: readonly string[]): readonly (readonly Cell[])[]
}

const engine = sqlite3InitModule()

/** Opens a database as a stranger would: plain SQLite, no extension, no code of ours. */
export async function openPlainDatabase(path: string): Promise<PlainDatabase> {
  const sqlite3 = await engine
  const bytes = new Uint8Array(await readFile(path))
  const database = new sqlite3.oo1.DB(':memory:')
  const { pointer } = database
  if (pointer === undefined) throw new Error('SQLite opened no database.')
  const copy = sqlite3.wasm.allocFromTypedArray(bytes)
  const code = sqlite3.capi.sqlite3_deserialize(
    pointer,
    'main',
    copy,
    bytes.length,
    bytes.length,
    sqlite3.capi.SQLITE_DESERIALIZE_FREEONCLOSE | sqlite3.capi.SQLITE_DESERIALIZE_READONLY,
  )
  database.checkRc(code)
  return {
    rows: (sql, ...params) =>
      database.exec({
        sql,
        rowMode: 'array',
        returnValue: 'resultRows',
        ...(params.length === 0 ? {} : { bind: [...params] }),
      }) as Cell[][],
    [Symbol.dispose]: () => database.close(),
  }
}

/** The bytes of a fresh database that a statement or several filled. */
export async function createPlainDatabase(sql: string): Promise<Buffer> {
  const sqlite3 = await engine
  const database = new sqlite3.oo1.DB(':memory:')
  database.exec(sql)
  const bytes = sqlite3.capi.sqlite3_js_db_export(database)
  database.close()
  return Buffer.from(bytes)
}
