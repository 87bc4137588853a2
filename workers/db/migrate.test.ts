import { columnName, NUMBER, TEXT, type Column } from '../../src/model/column.ts'
import { TABLES } from '../../src/protocol/public-schema.ts'
import { expect, it } from 'vitest'
import firstLight from './migrations/0001-first-light.sql?raw'
import { openDatabase } from './database.ts'
import { openMemoryFiles } from './memory-files.ts'
import { APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION } from './migrate.ts'
import { readPointsOf } from '../read/read-points.ts'
import { loadEngine } from './sqlite.ts'
import type { Sql } from './sql.ts'
import { writeChunk } from './points/chunk-rows.ts'

const doubles = (...values: number[]): Uint8Array => new Uint8Array(Float64Array.from(values).buffer)

function addSeries(sql: Sql, id: number, key: string): void {
  sql.run(`insert into series values (?, 'r', ?, 3, 0, 2, 0, 2, 0, 2, 0, 2, 0, 2, 0, 2, 1, 0, 0, 0)`, id, key)
}

it('takes the pending points of schema 1 into chunks, without one that is there already', async () => {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  const old = await files.open('old')
  old.exec(`${firstLight}; pragma application_id = ${APPLICATION_ID}; pragma user_version = 1`)
  addSeries(old, 1, 'has a short chunk')
  addSeries(old, 2, 'has none')
  writeChunk(
    old,
    { id: 7, seriesId: 1, ordinal: 0, sealed: false },
    { steps: Float64Array.of(0, 1), values: Float64Array.of(5, 6), times: Float64Array.of(10, 11) },
  )
  // Two sections: points 1 and 2 of series 1, of which the first is in the chunk; points 0 … 2 of series 2.
  old.run(
    'insert into pending values (1, ?, ?)',
    doubles(1, 1, 2, 2, 0, 3),
    doubles(1, 2, 6, 7, 11, 12, 0, 1, 2, Number.NaN, 8, 9, 20, 21, 22),
  )
  old.close()

  const database = await openDatabase(files, 'old')
  const { sql, points } = database
  expect(sql.value('pragma user_version', [], NUMBER)).toBe(SCHEMA_VERSION)
  expect(sql.exists("select name from sqlite_schema where name = 'pending'", [])).toBe(false)
  expect(readPointsOf(points.view(1), 0, 9)).toEqual({
    steps: Float64Array.of(0, 1, 2),
    values: Float64Array.of(5, 6, 7),
    times: Float64Array.of(10, 11, 12),
  })
  expect(readPointsOf(points.view(2), 0, 9)).toEqual({
    steps: Float64Array.of(0, 1, 2),
    values: Float64Array.of(Number.NaN, 8, 9),
    times: Float64Array.of(20, 21, 22),
  })
})

it('measures how far the values of older series lie apart, over all their chunks', async () => {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  const before = await openDatabase(files, 'old')
  const values = Float64Array.from({ length: 20_000 }, (_, index) => Math.sin(index) + (index % 7))
  values[5] = Number.NaN
  const steps = values.map((_, index) => index)
  const sections = [{ runId: 'r', key: 'loss', count: steps.length }]
  before.points.append({ sections, columns: Float64Array.of(...steps, ...values, ...steps) }, new Set())
  before.points.checkpoint()
  const std = before.sql.value('select std from series', [], NUMBER)
  before.sql.exec(
    `alter table series drop column std; alter table series drop column back_steps;
    alter table runs drop column host; drop index params_changed; alter table params drop column first_value;
    alter table params drop column changed_at_step; pragma user_version = 7`,
  )
  before.sql.close()

  const after = await openDatabase(files, 'old')
  expect(after.sql.value('select std from series', [], NUMBER)).toBeCloseTo(std ?? 0, 12)
  expect(std).toBeGreaterThan(1)
})

it('takes fractions as steps into a database of an older schema, and knows where its steps went back', async () => {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  const old = await files.open('old')
  for (const migration of MIGRATIONS.slice(0, 9)) old.exec(migration)
  old.exec(`pragma application_id = ${APPLICATION_ID}; pragma user_version = 9`)
  const steps = Float64Array.of(0, 1, 2, 1, 2, 0)
  addOldSeries(old, 1, 'loss', steps)
  old.exec("insert into events values ('r', 5, 'mark', 'new data', null, 7)")
  old.close()

  const { sql } = await openDatabase(files, 'old')
  expect(sql.value('select back_steps from series', [], NUMBER)).toBe(2)
  expect(sql.value('pragma integrity_check', [], TEXT)).toBe('ok')
  expect(sql.value('select last_step from series', [], NUMBER)).toBe(0)
  expect(sql.value('select step from events', [], NUMBER)).toBe(7)
  for (const [table, column] of STEP_COLUMNS) {
    const type = sql.value('select type from pragma_table_info(?) where name = ?', [table, column], TEXT)
    expect(type).toBe('REAL')
  }
  sql.exec('update series set last_step = 0.25; update events set step = 0.5')
  expect(sql.value('select last_step from series', [], NUMBER)).toBe(0.25)
})

it('leaves aliases and policies of an older schema to the experiment, as given by hand', async () => {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  const old = await files.open('old')
  for (const migration of MIGRATIONS.slice(0, 10)) old.exec(migration)
  old.exec(`pragma application_id = ${APPLICATION_ID}; pragma user_version = 10;
    insert into artifact_aliases values ('e', 'model', 'best', 'v1'), ('e', 'model', 'old', 'v1');
    insert into artifact_policies values ('e', 'model', 3)`)
  old.close()

  const { sql } = await openDatabase(files, 'old')
  const { artifact_aliases: aliases, artifact_policies: policies } = TABLES
  const given = { experimentId: 'e', name: 'model', artifactId: 'v1', runId: null, metric: null, value: null }
  expect(sql.all('select * from artifact_aliases order by alias', [], aliases)).toMatchObject([
    { ...given, alias: 'best', direction: null },
    { ...given, alias: 'old', direction: null },
  ])
  expect(sql.all('select * from artifact_policies', [], policies)).toEqual([
    { experimentId: 'e', name: 'model', keep: 3, runId: null },
  ])
})

it('takes what was set in runs of an older schema, which their events tell, into their params', async () => {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  const old = await files.open('old')
  for (const migration of MIGRATIONS.slice(0, 11)) old.exec(migration)
  old.exec(`pragma application_id = ${APPLICATION_ID}; pragma user_version = 11;
    insert into params values ('r', 'lr', '0.1'), ('r', 'units', '8'), ('other', 'lr', '0.1');
    insert into events values ('r', 5, 'control', 'lr 0.1 → 0.03', null, 40), ('r', 9, 'control', 'lr 0.03 → 0.001', null, 105)`)
  old.close()

  const { sql } = await openDatabase(files, 'old')
  const { runId, key, value, firstValue, changedAtStep } = TABLES.params
  const spec = { runId, key, value, firstValue, changedAtStep }
  expect(sql.all('select * from params order by run_id, key', [], spec)).toEqual([
    { runId: 'other', key: 'lr', value: '0.1', firstValue: null, changedAtStep: null },
    { runId: 'r', key: 'lr', value: '0.001', firstValue: '0.1', changedAtStep: 105 },
    { runId: 'r', key: 'units', value: '8', firstValue: null, changedAtStep: null },
  ])
})

const STEP_COLUMNS = Object.entries(TABLES).flatMap(([table, spec]) =>
  table === 'metrics' || table === 'points'
    ? []
    : Object.entries<Column<unknown>>(spec).flatMap(([field, { isStep }]) =>
        isStep ? [[table, columnName(field)] as const] : [],
      ),
)

function addOldSeries(sql: Sql, id: number, key: string, steps: Float64Array): void {
  const place = { id, seriesId: id, ordinal: 0, sealed: false }
  writeChunk(sql, place, { steps, values: steps, times: steps })
  const last = steps.at(-1) ?? 0
  sql.run(
    `insert into series values (?, 'r', ?, ?, 0, ?, 0, 2, 0, 2, 0, 2, 0, 2, 0, 2, 1, 0, 0, 0, 0)`,
    id,
    key,
    steps.length,
    last,
  )
}
