import { beforeEach, describe, expect, it } from 'vitest'
import { type OpenedFile } from '../../src/protocol/files-api.ts'
import { openConnection } from '../db/connection.ts'
import { engineOf } from '../db/sql.ts'
import { loadEngine } from '../db/sqlite.ts'
import { openWorkshop, runStart, unwrap, type Workshop } from '../store-suite/workshop.fixture.ts'

let workshop: Workshop

beforeEach(async () => {
  workshop = await openWorkshop()
})

/** What was exported, with the schema of somebody else. */
async function exportForged(sqlOfTheirs: string): Promise<Blob> {
  const name = 'temp-hostile'
  await workshop.files.importParts(name, [
    new Uint8Array(await (await workshop.exportAll('db')).arrayBuffer()),
  ])
  const sql = await workshop.files.open(name)
  sql.exec(sqlOfTheirs)
  const bytes = engineOf(sql).capi.sqlite3_js_db_export(sql.pointer)
  sql.close()
  workshop.files.remove(name)
  return new Blob([bytes])
}

describe('opening', () => {
  it.each([
    ['an empty file', new Blob([]), 'file-empty'],
    ['text', new Blob(['hello, this is no experiment at all '.repeat(20)]), 'file-not-recognised'],
    [
      'noise',
      new Blob([Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251)]),
      'file-not-recognised',
    ],
    ['three bytes of SQLite', new Blob(['SQL']), 'file-truncated'],
  ])('says why it refuses %s', async (_, file, code) => {
    const refused = await workshop.open(file, 'strange.bin')
    expect(refused).toMatchObject({
      ok: false,
      error: { code, message: expect.stringContaining('strange.bin') },
    })
  })

  it('refuses a database of another application', async () => {
    const engine = await loadEngine()
    const other = openConnection(engine, ':memory:')
    other.exec('create table t (a); insert into t values (1)')
    const bytes = engine.capi.sqlite3_js_db_export(other.pointer)
    expect(await workshop.open(new Blob([bytes]))).toMatchObject({
      ok: false,
      error: { code: 'file-not-recognised' },
    })
  })

  it('refuses a newer file', async () => {
    await workshop.commit([runStart('a')])
    const bytes = new Uint8Array(await (await workshop.exportAll('db')).arrayBuffer())
    new DataView(bytes.buffer).setUint32(60, 999)
    expect(await workshop.open(new Blob([bytes]))).toMatchObject({ ok: false, error: { code: 'file-newer' } })
  })

  it('refuses a schema that passes for ours until it is read', async () => {
    await workshop.commit([runStart('a')])
    const forged = await exportForged(
      `drop table points; create table points
       (series_id integer primary key, step integer, value real, time real) strict, without rowid`,
    )
    expect(await workshop.open(forged)).toMatchObject({ ok: false, error: { code: 'file-corrupt' } })
  })

  it('runs nothing of a stranger: a view in place of a table is refused', async () => {
    await workshop.commit([runStart('a')])
    const forged = await exportForged(
      "drop table tags; create view tags as select 'a' as run_id, 'k' as key, randomblob(9) as value",
    )
    const refused = await workshop.open(forged)
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'file-corrupt', message: expect.stringContaining('tags') },
    })
  })
})

/** Opens an export of two own runs. */
async function openOther(): Promise<OpenedFile> {
  await workshop.commit([runStart('a')], {
    a: { loss: [{ step: 0, value: 1, time: 1 }] },
  })
  await workshop.commit([runStart('b')], {
    b: { loss: [{ step: 3, value: 4, time: 9 }] },
  })
  return unwrap(await workshop.open(await workshop.exportAll('db')))
}

describe('keeping an opened file', () => {
  it('copies what is not there and leaves what is', async () => {
    const opened = await openOther()
    await workshop.files.open('scratch').then((sql) => sql.close())
    workshop.files.remove('scratch')
    expect(unwrap(await workshop.service.keepFile({ jobId: 'k', database: opened.database }))).toEqual({
      kept: 0,
      skipped: 2,
    })
    await workshop.commit([{ type: 'removeRuns', runIds: ['b'], removedAt: 5 }])
    unwrap(await workshop.service.keepFile({ jobId: 'k', database: opened.database }))
    const runs = unwrap(await workshop.service.readRuns({ database: 'own', experimentId: 'experiment-1' }))
    expect(runs.id.toSorted()).toEqual(['a', 'b'])
  })

  it('is gone when it is closed, and says so when it is asked for', async () => {
    const opened = await openOther()
    unwrap(await workshop.service.closeFile(opened.database))
    expect(workshop.files.names()).toEqual(['own'])
    expect(await workshop.service.readExperiments(opened.database)).toMatchObject({
      ok: false,
      error: { code: 'unknown-database' },
    })
  })
})
