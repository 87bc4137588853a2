import { expect, it } from 'vitest'
import { openMemoryFiles } from '../db/memory-files.ts'
import { loadEngine } from '../db/sqlite.ts'
import { runStoreCase, STORE_CASES } from './cases.ts'

it.each(STORE_CASES.map((storeCase) => [storeCase.name, storeCase] as const))(
  '%s',
  async (_name, storeCase) => {
    const files = openMemoryFiles(await loadEngine(), 'a test')
    // The files outlive whoever lets go of them, as those of a disk do.
    const openFiles = () => Promise.resolve({ ...files, release: () => undefined })
    await expect(runStoreCase(storeCase, openFiles)).resolves.toBeUndefined()
  },
)
