import { TEXT } from '../../../src/model/column.ts'
import { expect, it } from 'vitest'
import { PUBLIC_SCHEMA, PUBLIC_TABLES, TABLES } from '../../../src/protocol/public-schema.ts'
import { openDatabases } from '../../db/databases.ts'
import { openMemoryFiles } from '../../db/memory-files.ts'
import { loadEngine } from '../../db/sqlite.ts'
import type { Sql } from '../../db/sql.ts'
import { addPointsTable } from '../../read/points-table.ts'
import { exportedSchema } from '../../db/public-tables.ts'

function columnsOf(sql: Sql, table: string): string[] {
  return sql.map(
    'select name, type from pragma_table_info(?)',
    [table],
    { name: TEXT, type: TEXT },
    ({ name, type }) => `${name} ${type}`,
  )
}

it.each(PUBLIC_TABLES)('has %s as the live database has it, so that a query runs on both', async (name) => {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  const live = await openDatabases(files)
  addPointsTable(live.own)
  const exported = await files.open('exported')
  exported.exec(exportedSchema('real'))
  const columns = columnsOf(exported, name)
  expect(columns.map((column) => column.split(' ')[0])).toEqual(PUBLIC_SCHEMA[name])
  expect(columnsOf(live.own.sql, name)).toEqual(expect.arrayContaining(columns))
})

it('names every table to those who write queries', async () => {
  const exported = await openMemoryFiles(await loadEngine(), 'a test').open('exported')
  exported.exec(exportedSchema('real'))
  const tables = exported.column("select name from sqlite_schema where type in ('table', 'view')", [], TEXT)
  expect(tables.toSorted()).toEqual(PUBLIC_TABLES.toSorted())
})

it('needs nothing but SQLite', async () => {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  const exported = await files.open('exported')
  exported.exec(exportedSchema('integer'))
  exported.exec(`insert into series (id, run_id, key, count, first_step, last_step, min_step, max_step, first_time,
    last_time, back_steps, nan_count, pos_inf_count, neg_inf_count) values (1, 'r', 'loss', 2, 0, 1, 0, 1, 5, 6, 0, 1, 0, 0);
    insert into points (series_id, step, value, time) values (1, 0, 1.0, 5.0), (1, 1, null, 6.0)`)
  const { key, step, value } = TABLES.metrics
  const rows = exported.all("select key, step, value from metrics where run_id = 'r'", [], {
    key,
    step,
    value,
  })
  expect(rows).toEqual([
    { key: 'loss', step: 0, value: 1 },
    { key: 'loss', step: 1, value: Number.NaN },
  ])
})
