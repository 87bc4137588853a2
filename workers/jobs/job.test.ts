import { beforeEach, describe, expect, it } from 'vitest'
import type { Result } from '../../src/model/result.ts'
import { OWN_DATABASE, type DatabaseId } from '../../src/protocol/database-id.ts'
import type { Outcome } from '../../src/protocol/outcome.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'
import { openDatabases, type Databases } from '../db/databases.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import type { Sql } from '../db/sql.ts'
import { loadEngine } from '../db/sqlite.ts'
import { makeService, type Service } from '../service.ts'
import { startOf } from '../store-suite/store.fixture.ts'

let databases: Databases
let service: Service
let condemned = 0

beforeEach(async () => {
  databases = await openDatabases(openMemoryFiles(await loadEngine(), 'a test'))
  condemned = 0
  service = makeService(databases, () => undefined, { rescue: null, onDamaged: () => (condemned += 1) })
  const count = 20_000
  const columns = new Float64Array(3 * count).map((_, index) => index % count)
  const batch = { clientId: 'test', sequence: 1, firstUnacknowledged: 1, changes: [startOf('a')] }
  const points = { sections: [{ runId: 'a', key: 'loss', count }], columns }
  unwrap(await service.ingest({ ...batch, points }))
})

function unwrap<T>(result: Result<T, TrackerError>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

function exportRuns(database: DatabaseId): ReturnType<Service['exportFile']> {
  return service.exportFile({ jobId: 'e', database, experimentId: null, runIds: null, format: 'db' })
}

/** A file that is open beside the own database. */
async function openCopy(): Promise<DatabaseId> {
  const { file } = unwrap(await exportRuns(OWN_DATABASE))
  return unwrap(await service.openFile({ jobId: 'o', fileName: 'a.db', file })).database
}

/** What a bad disk leaves of the points. */
function damagePoints(sql: Sql | undefined): void {
  sql?.exec("update chunk_columns set point_values = x'00'")
}

/** Opening a file whose bytes cannot be had. */
function openUnreadable(reason: unknown): Outcome<unknown> {
  const file = new Blob(['SQLite format 3\0'])
  Object.assign(file, { slice: () => ({ arrayBuffer: () => Promise.reject(reason) }) })
  return service.openFile({ jobId: 'o', fileName: 'a.db', file })
}

describe('a job', () => {
  it('throws a statement that is wrong, with its SQL, and calls nothing damaged', async () => {
    databases.own.sql.exec('drop table refusals')
    await expect(exportRuns(OWN_DATABASE)).rejects.toThrow(/no such table: refusals\) in: select/)
    expect(condemned).toBe(0)
  })

  it('throws a constraint that does not hold', async () => {
    const opened = await openCopy()
    databases.own.sql.exec(
      "create trigger t before insert on runs begin select raise(abort, 'never'); end; delete from runs",
    )
    await expect(service.keepFile({ jobId: 'k', database: opened })).rejects.toThrow('never')
  })

  it('has the own database replaced when it proves damaged', async () => {
    damagePoints(databases.own.sql)
    expect(await exportRuns(OWN_DATABASE)).toMatchObject({
      ok: false,
      error: { code: 'interrupted', message: expect.stringContaining('begins a new one') },
    })
    await expect.poll(() => condemned).toBe(1)
  })

  it('says of an opened file that it is damaged, and leaves the own database alone', async () => {
    const opened = await openCopy()
    damagePoints((await databases.find(opened))?.sql)
    expect(await exportRuns(opened)).toMatchObject({ ok: false, error: { code: 'file-corrupt' } })
    expect(condemned).toBe(0)
    expect((await exportRuns(OWN_DATABASE)).ok).toBe(true)
  })

  it.each(['NotReadableError', 'NotFoundError'])('tells of a file that cannot be read: %s', async (name) => {
    expect(await openUnreadable(new DOMException('gone', name))).toMatchObject({
      ok: false,
      error: { code: 'file-unreadable', message: expect.stringContaining('a.db') },
    })
  })

  it('tells of a disk that is full, and of work that was called off', async () => {
    expect(await openUnreadable(new DOMException('full', 'QuotaExceededError'))).toMatchObject({
      error: { code: 'storage-full' },
    })
    expect(await openUnreadable(new DOMException('stop', 'AbortError'))).toMatchObject({
      error: { code: 'cancelled' },
    })
  })

  it.each([new DOMException('a closed port', 'InvalidStateError'), new TypeError('x is not a function')])(
    'throws %s, which no user can act on',
    async (bug) => {
      await expect(openUnreadable(bug)).rejects.toBe(bug)
    },
  )
})
