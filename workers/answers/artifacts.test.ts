import { expect, it } from 'vitest'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { openDatabases } from '../db/databases.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import { loadEngine } from '../db/sqlite.ts'
import { makeService } from '../service.ts'
import { valueOf } from '../store-suite/assert.ts'
import { makeClient, startOf } from '../store-suite/store.fixture.ts'

it('has the own database replaced when the bytes of an artifact prove damaged', async () => {
  const databases = await openDatabases(openMemoryFiles(await loadEngine(), 'a test'))
  let condemned = 0
  const onDamaged = (): void => void (condemned += 1)
  const service = makeService(databases, () => undefined, { rescue: null, onDamaged })
  valueOf(await service.ingest(makeClient('test').batch([startOf('a')])))
  const files = [{ path: 'model', mime: '', blob: new Blob(['weights']) }]
  const said = { type: 'file', step: null, createdAt: 1, metadata: {}, aliases: [], files }
  valueOf(await service.storeArtifact({ jobId: 's', id: 'model-1', runId: 'a', name: 'model', ...said }))
  databases.own.sql.exec('delete from blob_parts')
  const read = service.readArtifactFile({ database: OWN_DATABASE, artifactId: 'model-1', path: 'model' })
  expect(await read).toMatchObject({ ok: false, error: { code: 'interrupted' } })
  await expect.poll(() => condemned).toBe(1)
})
