import { expect, it } from 'vitest'
import { openDatabases } from '../../db/databases.ts'
import { openMemoryFiles } from '../../db/memory-files.ts'
import { loadEngine } from '../../db/sqlite.ts'
import type { Sql } from '../../db/sql.ts'
import { addPointsTable } from '../../read/points-table.ts'
import schema from './schema.sql?raw'

const PUBLIC_NAMES = [
  'experiments',
  'runs',
  'params',
  'tags',
  'refusals',
  'series',
  'points',
  'metrics',
  'arrays',
  'blobs',
  'blob_parts',
] as const

function columnsOf(sql: Sql, table: string): string[] {
  return sql.all(
    'select name, type from pragma_table_info(?)',
    [table],
    (row) => `${row.text(0)} ${row.text(1)}`,
  )
}

it.each(PUBLIC_NAMES)('has %s as the live database has it, so that a query runs on both', async (name) => {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  const live = await openDatabases(files, addPointsTable)
  const exported = await files.open('exported')
  exported.exec(schema)
  const columns = columnsOf(exported, name)
  expect(columns.length).toBeGreaterThan(1)
  expect(columnsOf(live.own.sql, name)).toEqual(expect.arrayContaining(columns))
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
