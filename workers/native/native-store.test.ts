import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runStoreCase, STORE_CASES } from '../store-suite/cases.ts'
import { loadDrivers } from './load-drivers.ts'
import { openFolderFiles } from './folder-files.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kymo-native-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What the SQLite of the system has no part in. */
const cases = STORE_CASES.filter(({ needs }) => needs === undefined)

it.each(cases.map((storeCase) => [storeCase.name, storeCase] as const))('%s', async (_name, storeCase) => {
  const drivers = loadDrivers()
  const openFiles = () =>
    Promise.resolve(
      openFolderFiles(drivers, { own: join(folder, 'digits.db'), scratch: join(folder, 'scratch') }),
    )
  await expect(runStoreCase(storeCase, openFiles)).resolves.toBeUndefined()
})
