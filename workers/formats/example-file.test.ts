import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openDatabases } from '../db/databases.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import { SCHEMA_VERSION } from '../db/migrate.ts'
import { loadEngine } from '../db/sqlite.ts'
import { makeService } from '../service.ts'
import { valueOf } from '../store-suite/assert.ts'

const EXAMPLE = join(import.meta.dirname, '../../public/demo.db')

/** Where a file of SQLite has its `user_version`, as a big-endian integer. */
const USER_VERSION_AT = 60

it('the example is a file of the newest schema; make-example.mjs writes it anew', async () => {
  const bytes = await readFile(EXAMPLE)
  expect(bytes.readUInt32BE(USER_VERSION_AT)).toBe(SCHEMA_VERSION)
})

it('the example is six finished runs of the digits at three rates and two widths', async () => {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  const service = makeService(await openDatabases(files), () => undefined)
  const file = new Blob([await readFile(EXAMPLE)])
  const opened = valueOf(await service.openFile({ jobId: 'open', fileName: 'demo.db', file }))
  expect(opened).toMatchObject({ runs: 6, warnings: [] })
  const { database } = opened
  const found = valueOf(
    await service.queryRuns({
      database,
      experimentIds: null,
      filter: 'status = finished and host = page and val_acc > 0.9',
      sort: [],
      offset: 0,
      limit: 10,
      columns: [],
    }),
  )
  const settings: string[] = []
  for (const runId of found.runIds) {
    const { params } = valueOf(await service.readRun({ database, runId }))
    settings.push(`${String(params['learning_rate'])}, ${String(params['dense_units'])} units`)
  }
  expect(settings.toSorted()).toEqual([
    '0.0005, 16 units',
    '0.0005, 64 units',
    '0.002, 16 units',
    '0.002, 64 units',
    '0.008, 16 units',
    '0.008, 64 units',
  ])
})
