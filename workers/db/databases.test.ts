import { NUMBER, TEXT } from '../../src/model/column.ts'
import { beforeEach, describe, expect, it } from 'vitest'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { eraseRuns } from '../ingest/erase-runs.ts'
import { ingestBatch } from '../ingest/ingest-batch.ts'
import { readPoints } from '../read/read-points.ts'
import { makeClient, pointsOf, rampOf, startOf } from '../store-suite/store.fixture.ts'
import { openDatabases, OPENED_FILE } from './databases.ts'
import type { Databases } from './databases.ts'
import { openMemoryFiles } from './memory-files.ts'
import { writeMeta } from './meta.ts'
import { SCHEMA_VERSION } from './migrate.ts'
import { loadEngine } from './sqlite.ts'
import { readParts } from './read-parts.ts'
import type { StoreFiles } from './store-files.ts'

let files: StoreFiles

beforeEach(async () => {
  files = { ...openMemoryFiles(await loadEngine(), 'a test'), release: () => undefined }
})

const open = (): Promise<Databases> => openDatabases(files)

describe('databases', () => {
  it('keeps an opened file until it is removed, and forgets one that was cut off', async () => {
    let databases = await open()
    const whole = await databases.create()
    const cut = await databases.create()
    const scratch = await files.open(databases.createTemporaryName())
    scratch.close()
    writeMeta(whole.sql, OPENED_FILE, { fileName: 'a.db' })
    expect((await databases.opened()).map(({ id }) => id)).toEqual([whole.id])
    databases.close()
    databases = await open()
    expect(await databases.find(cut.id)).toBeUndefined()
    expect((await databases.opened()).map(({ id }) => id)).toEqual([whole.id])
    databases.remove(whole.id)
    expect(await databases.find(whole.id)).toBeUndefined()
    expect(files.names()).toEqual([OWN_DATABASE])
  })

  it('opens a file once for all who ask at the same time, and nothing that is no opened file', async () => {
    const databases = await open()
    const created = await databases.create()
    writeMeta(created.sql, OPENED_FILE, {})
    databases.close()
    const again = await open()
    const [one, two] = await Promise.all([again.find(created.id), again.find(created.id)])
    expect(one).toBe(two)
    expect(await again.find('temp-x')).toBeUndefined()
    expect(await again.find('file-x')).toBeUndefined()
  })

  it('refuses a database of a newer Kymo and leaves it as it is', async () => {
    const databases = await open()
    databases.own.sql.exec(`pragma user_version = ${SCHEMA_VERSION + 1}`)
    databases.close()
    await expect(open()).rejects.toThrow('reload to get the newer app')
    const sql = await files.open(OWN_DATABASE)
    expect(sql.value('pragma user_version', [], NUMBER)).toBe(SCHEMA_VERSION + 1)
  })

  it('copies a database byte by byte, part by part', async () => {
    const databases = await open()
    const client = makeClient('page')
    ingestBatch(databases.own, client.batch([startOf('a')], pointsOf(rampOf('a', 'loss', 0, 9000))), 0)
    const written = await files.importParts('copy', readParts(databases.own.sql))
    const copy = await files.open('copy')
    expect(copy.value('pragma integrity_check', [], TEXT)).toBe('ok')
    expect(copy.value('pragma page_count', [], NUMBER)).toBe(written / 32_768)
    expect(copy.value('select count from series', [], NUMBER)).toBe(9000)
    await expect(files.importParts('no', [new TextEncoder().encode('not a database')])).rejects.toThrow(
      'not a SQLite',
    )
  })

  it('shows nothing of an erased series in the one that comes after it', async () => {
    const { own } = await open()
    const client = makeClient('page')
    ingestBatch(own, client.batch([startOf('a')], pointsOf(rampOf('a', 'loss', 0, 20_000))), 0)
    expect(readPoints(own, 1, 0, 10).steps[0]).toBe(0)
    eraseRuns(own, ['a'], 0)
    ingestBatch(own, client.batch([startOf('b')], pointsOf(rampOf('b', 'loss', 500, 20_000))), 0)
    expect(readPoints(own, 1, 0, 10).steps.length).toBe(0)
    const id = own.sql.value('select id from series', [], NUMBER) ?? 0
    expect(readPoints(own, id, 0, 10).steps[0]).toBe(500)
  })
})
