import { expect, it } from 'vitest'
import { readDamageRecords } from '../../db/damage-records.ts'
import { openDatabases } from '../../db/databases.ts'
import { openMemoryFiles } from '../../db/memory-files.ts'
import { makeNotices } from '../../db/notices.ts'
import { condemnOwn } from '../../db/own-file.ts'
import { loadEngine } from '../../db/sqlite.ts'
import { beginRescue } from './rescue.ts'

it('throws a bug when all others are salvaged, and tries again at the next start', async () => {
  const files = { ...openMemoryFiles(await loadEngine(), 'a test'), release: () => undefined }
  const condemned = await openDatabases(files)
  condemned.close()
  await condemnOwn(files)
  const databases = await openDatabases(files)
  const bug = new TypeError('x is not a function')
  const broken = { ...files, open: () => Promise.reject(bug) }
  const rescue = await beginRescue({ ...databases, files: broken })
  expect(rescue.records()).toMatchObject([{ state: 'failed', failure: bug.message }])
  await expect(rescue.run(makeNotices(() => undefined))).rejects.toBe(bug)
  expect(readDamageRecords(databases.own.sql, files)).toMatchObject([{ state: 'recovering' }])
})
