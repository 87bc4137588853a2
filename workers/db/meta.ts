import { TEXT } from '../../src/model/column.ts'
import { parseJson } from '../../src/model/json.ts'
import type { JsonValue } from '../../src/model/json.ts'
import type { Sql } from './sql.ts'

/** What a file knows of itself, by key; undefined when nothing or nothing readable is there. */
export function readMeta(sql: Sql, key: string): JsonValue | undefined {
  const text = sql.value('select value from meta where key = ?', [key], TEXT)
  return text === undefined ? undefined : parseJson(text)
}

export function writeMeta(sql: Sql, key: string, value: JsonValue): void {
  sql.run('insert or replace into meta (key, value) values (?, ?)', key, JSON.stringify(value))
}
