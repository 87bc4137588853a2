import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { isDamageAtOpening } from './damage.ts'
import { openDatabase } from './database.ts'
import type { Database } from './database.ts'
import { databaseBytes } from './store-files.ts'
import type { StoreFiles } from './store-files.ts'

/** The own database lies in `own`; after it was damaged in `own-2`, and so on. The one with the highest number counts. */
const OWN_FILE = /^own(?:-(\d+))?$/

function numberOf(name: string): number {
  const [, digits] = OWN_FILE.exec(name) ?? []
  return digits === undefined ? 1 : Number(digits)
}

/** The own database's file last, before it those that were damaged, oldest first. */
export function ownFileNames(files: StoreFiles): readonly string[] {
  return files
    .names()
    .filter((name) => OWN_FILE.test(name))
    .toSorted((a, b) => numberOf(a) - numberOf(b))
}

function nextOwnFile(files: StoreFiles): string {
  const last = ownFileNames(files).at(-1)
  return last === undefined ? OWN_DATABASE : `${OWN_DATABASE}-${numberOf(last) + 1}`
}

/**
 * Opens the own database; one that is damaged is left where it is, and a new one begun in the file after it.
 *
 * Errors: throws what is no damage.
 */
export async function openOwn(files: StoreFiles): Promise<Database> {
  const current = ownFileNames(files).at(-1) ?? OWN_DATABASE
  if (!(await wasEmptied(files, current))) {
    try {
      return await openDatabase(files, OWN_DATABASE, current)
    } catch (cause) {
      if (!isDamageAtOpening(cause)) throw cause
    }
  }
  return openDatabase(files, OWN_DATABASE, nextOwnFile(files))
}

/** What a Kymo was at work with has records in its log, or had; a file without a page beside it lost what it held. */
async function wasEmptied(files: StoreFiles, name: string): Promise<boolean> {
  const names = ownFileNames(files)
  if (files.log === null || files.log.size() === 0 || names.length !== 1) return false
  const sql = await files.open(name)
  try {
    return databaseBytes(sql) === 0
  } catch (cause) {
    if (isDamageAtOpening(cause)) return false
    throw cause
  } finally {
    sql.close()
  }
}

/** Sees to it that the next opening begins a new own database and salvages this one. */
export async function condemnOwn(files: StoreFiles): Promise<void> {
  const sql = await files.open(nextOwnFile(files))
  sql.close()
}
