import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { TEXT } from '../../src/model/column.ts'
import { OWN_DATABASE, type DatabaseId } from '../../src/protocol/database-id.ts'
import type { SeriesWindow } from '../../src/protocol/windows.ts'
import { openDatabases } from '../db/databases.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import { loadEngine } from '../db/sqlite.ts'
import { makeService, type Service } from '../service.ts'
import { valueOf } from '../store-suite/assert.ts'
import { makeClient, pointsOf, startOf } from '../store-suite/store.fixture.ts'

const FIXTURES = join(import.meta.dirname, '../../e2e/fixtures')
const QUARTERS = Array.from({ length: 20_000 }, (_, index) => index / 4)
const WHOLE = Array.from({ length: 20_000 }, (_, index) => index)

async function openService() {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  return { files, service: makeService(await openDatabases(files), () => undefined) }
}

async function logged(steps: readonly number[]): Promise<Awaited<ReturnType<typeof openService>>> {
  const opened = await openService()
  const batch = makeClient('page').batch(
    [startOf('a')],
    pointsOf({ runId: 'a', key: 'loss', points: drawn(steps) }),
  )
  valueOf(await opened.service.ingest(batch))
  return opened
}

const drawn = (steps: readonly number[]) => steps.map((step, index) => [step, Math.sin(step), index] as const)

async function windowOf(service: Service, database: DatabaseId, from: number | null, to: number | null) {
  const series = [{ runId: 'a', key: 'loss' }]
  const request = { database, x: 'step', from, to, buckets: 100, series } as const
  const { windows } = valueOf(await service.readWindows(request))
  return (windows as readonly [SeriesWindow])[0]
}

it('keeps every point of fractional steps, where it was logged', async () => {
  const { service } = await logged(QUARTERS)
  expect((await windowOf(service, OWN_DATABASE, null, null)).points).toBe(20_000)
  const near = await windowOf(service, OWN_DATABASE, 1_000.25, 1_001)
  expect(near.points).toBe(4)
  expect(Array.from(near.x)).toEqual([1_000, 1_000.25, 1_000.5, 1_000.75, 1_001, 1_001.25])
})

it.each(['db', 'arrow'] as const)('brings fractional steps back from a %s file', async (format) => {
  const { service } = await logged(QUARTERS)
  const exported = valueOf(
    await service.exportFile({
      jobId: 'out',
      database: OWN_DATABASE,
      experimentId: null,
      runIds: null,
      format,
    }),
  )
  const { database, points } = valueOf(
    await service.openFile({ jobId: 'in', fileName: exported.fileName, file: exported.file }),
  )
  expect(points).toBe(20_000)
  expect(Array.from((await windowOf(service, database, 10, 11)).x)).toEqual([
    9.75, 10, 10.25, 10.5, 10.75, 11, 11.25,
  ])
})

it.each([
  ['INTEGER', WHOLE],
  ['REAL', QUARTERS],
] as const)('declares the steps of an exported database as %s where they are', async (type, steps) => {
  const { files, service } = await logged(steps)
  const { file } = valueOf(
    await service.exportFile({
      jobId: 'out',
      database: OWN_DATABASE,
      experimentId: null,
      runIds: null,
      format: 'db',
    }),
  )
  await files.importParts('exported', [new Uint8Array(await file.arrayBuffer())])
  const sql = await files.open('exported')
  const typeOf = (table: string, column: string) =>
    sql.value('select type from pragma_table_info(?) where name = ?', [table, column], TEXT)
  expect(typeOf('points', 'step')).toBe(type)
  expect(typeOf('series', 'last_step')).toBe(type)
})

async function ask(steps: readonly number[], sql: string): Promise<readonly unknown[]> {
  const { service } = await logged(steps)
  const request = { database: OWN_DATABASE, sql, offset: 0, limit: 10 }
  const { columns } = valueOf(await service.querySql(request))
  return columns.map(({ values }) => values[0])
}

it('counts in whole steps in SQL where steps are whole, and keeps fractions', async () => {
  expect(await ask(WHOLE, 'select count(distinct step / 100), typeof(max(step)) from points')).toEqual([
    200,
    'integer',
  ])
  expect(await ask(WHOLE, 'select typeof(last_step), last_step / 100 from series')).toEqual(['integer', 199])
  expect(await ask(QUARTERS, 'select max(step), sum(step = 0.25) from points')).toEqual([4_999.75, 1])
})

it('opens the fractional steps of format-10.db and format-2.arrow as they were written', async () => {
  const { service } = await openService()
  for (const fileName of ['format-10.db', 'format-2.arrow']) {
    const file = new Blob([await readFile(join(FIXTURES, fileName))])
    const { database } = valueOf(await service.openFile({ jobId: 'open', fileName, file }))
    const { series, events } = valueOf(await service.readRun({ database, runId: 'run-c' }))
    expect(series).toMatchObject([{ key: 'epoch/loss', count: 5, lastStep: 1.75, backSteps: 0 }])
    expect(events).toMatchObject([{ step: 0.5, text: 'half way' }])
  }
})
