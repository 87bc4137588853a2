import { createId } from '../../src/model/units.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import type { DatabaseId } from '../../src/protocol/database-id.ts'
import { openDatabase } from './database.ts'
import type { Database } from './database.ts'
import { readMeta } from './meta.ts'
import { openOwn } from './own-file.ts'
import type { Sql } from './sql.ts'
import type { StoreFiles } from './store-files.ts'

/** Every database of this origin, opened on demand. */
export interface Databases {
  readonly own: Database
  readonly files: StoreFiles
  /** undefined when there is none of that id. */
  find(id: DatabaseId): Promise<Database | undefined>
  /** The opened files, oldest first. */
  opened(): Promise<readonly Database[]>
  /** A new database for a file about to be opened. Until it has the meta key OPENED_FILE it vanishes at the next start. */
  create(): Promise<Database>
  /** Closes and deletes an opened file. No effect when there is none. */
  remove(id: DatabaseId): void
  /** A scratch file, deleted at the next start if not before; `files.open` and `files.importParts` take the name. */
  createTemporaryName(): string
  /** Closes everything and lets go of the files. */
  close(): void
}

/** The meta key that tells a completely opened file from one that was cut off. */
export const OPENED_FILE = 'openedFile'

const FILE_PREFIX = 'file-'
const TEMPORARY_PREFIX = 'temp-'

/** Opens the own database and clears away what a dead owner left half done. */
export async function openDatabases(files: StoreFiles): Promise<Databases> {
  for (const name of files.names()) if (name.startsWith(TEMPORARY_PREFIX)) files.remove(name)
  const databases = databasesBeside(await openOwn(files), files)
  for (const name of files.names()) {
    if (!name.startsWith(FILE_PREFIX)) continue
    const database = await databases.find(name)
    if (database !== undefined && !isComplete(database.sql)) databases.remove(name)
  }
  return databases
}

/** Those that are opened beside an own one. */
export function databasesBeside(own: Database, files: StoreFiles): Databases {
  const open = new Map<DatabaseId, Database>([[own.id, own]])
  const opening = new Map<DatabaseId, Promise<Database>>()

  async function openOnce(id: DatabaseId): Promise<Database> {
    const running = opening.get(id) ?? openDatabase(files, id)
    opening.set(id, running)
    try {
      const database = await running
      open.set(id, database)
      return database
    } finally {
      opening.delete(id)
    }
  }

  function remove(id: DatabaseId): void {
    if (id === OWN_DATABASE) throw new Error('The own database is never deleted.')
    open.get(id)?.sql.close()
    open.delete(id)
    files.remove(id)
  }

  async function find(id: DatabaseId): Promise<Database | undefined> {
    const known = open.get(id)
    if (known !== undefined) return known
    if (!id.startsWith(FILE_PREFIX) || !files.names().includes(id)) return undefined
    return openOnce(id)
  }

  return {
    own,
    files,
    find,
    async opened() {
      const names = files.names().filter((name) => name.startsWith(FILE_PREFIX))
      const databases = await Promise.all(names.map(find))
      return databases.flatMap((database) =>
        database !== undefined && isComplete(database.sql) ? database : [],
      )
    },
    create: () => openOnce(`${FILE_PREFIX}${createId()}`),
    remove,
    createTemporaryName: () => `${TEMPORARY_PREFIX}${createId()}`,
    close() {
      for (const database of open.values()) database.sql.close()
      open.clear()
      files.release()
    },
  }
}

function isComplete(sql: Sql): boolean {
  return readMeta(sql, OPENED_FILE) !== undefined
}
