import { expect, it } from 'vitest'
import { PUBLIC_SCHEMA, PUBLIC_TABLES } from '../../../src/protocol/public-schema.ts'
import { openDatabases } from '../../db/databases.ts'
import { openMemoryFiles } from '../../db/memory-files.ts'
import { loadEngine } from '../../db/sqlite.ts'
import type { Sql } from '../../db/sql.ts'
import { addPointsTable } from '../../read/points-table.ts'
import schema from './schema.sql?raw'

function columnsOf(sql: Sql, table: string): string[] {
  return sql.all(
    'select name, type from pragma_table_info(?)',
    [table],
    (row) => `${row.text(0)} ${row.text(1)}`,
  )
}

it.each(PUBLIC_TABLES)('has %s as the live database has it, so that a query runs on both', async (name) => {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  const live = await openDatabases(files)
  addPointsTable(live.own)
  const exported = await files.open('exported')
  exported.exec(schema)
  const columns = columnsOf(exported, name)
  expect(columns.map((column) => column.split(' ')[0])).toEqual(PUBLIC_SCHEMA[name])
  expect(columnsOf(live.own.sql, name)).toEqual(expect.arrayContaining(columns))
})

it('names every table to those who write queries', async () => {
  const exported = await openMemoryFiles(await loadEngine(), 'a test').open('exported')
  exported.exec(schema)
  const tables = exported.all("select name from sqlite_schema where type in ('table', 'view')", [], (row) =>
    row.text(0),
  )
  expect(tables.toSorted()).toEqual(PUBLIC_TABLES.toSorted())
})

it('needs nothing but SQLite', async () => {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  const exported = await files.open('exported')
  exported.exec(schema)
  exported.exec(`insert into series values (1, 'r', 'loss', 2, 0, 1, 0, 1, 5, 6, 1, null, 1, 1, 1, 1, 0, 0);
    insert into points values (1, 0, 1.0, 5.0), (1, 1, null, 6.0)`)
  const rows = exported.all("select key, step, value from metrics where run_id = 'r'", [], (row) => [
    row.text(0),
    row.number(1),
    row.number(2),
  ])
  expect(rows).toEqual([
    ['loss', 0, 1],
    ['loss', 1, Number.NaN],
  ])
})
