import { mkdtempSync, openAsBlob, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createId } from '../../src/model/units.ts'
import { OWN_DATABASE, type DatabaseId } from '../../src/protocol/database-id.ts'
import type { Database } from '../db/database.ts'
import { openProject } from '../native/project.ts'
import { findProject } from '../native/project-folder.ts'
import { openProjectStore } from '../native/project-store.ts'
import type { Service } from '../service.ts'
import { CommandError } from './command-error.ts'

/** A database a command reads. */
export interface Source {
  readonly service: Service
  readonly id: DatabaseId
  readonly database: Database
}

export interface Sources {
  readonly all: readonly Source[]
  close(): void
}

/** Those of a folder of a project, or of a file; of the project here or above where nothing is named. Errors: throws what is not there. */
export async function openSources(named: string | undefined): Promise<Sources> {
  const path = named ?? findProject()
  if (path === null)
    throw new CommandError(
      'There is no .kymo folder here or above. Train something with kymo in Node or under vite dev, or name one with --project.',
    )
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw new CommandError(`There is nothing at ${path}.`)
  return found.isDirectory() ? openFolder(path) : openFile(path)
}

function openFolder(path: string): Sources {
  const project = openProject(path, { onUnreadable: (reason) => process.stderr.write(`kymo: ${reason}\n`) })
  const stores = project.stores()
  if (stores.length === 0) throw new CommandError(`${path} holds no database of Kymo yet.`)
  return {
    all: stores.map(({ service, database }) => ({ service, id: OWN_DATABASE, database })),
    close: () => project.close(),
  }
}

/** A file of anything that Kymo opens is read into a database of its own, which is gone afterwards. */
export async function openFile(path: string): Promise<Sources> {
  const folder = mkdtempSync(join(tmpdir(), 'kymo-'))
  const close = (): void => rmSync(folder, { recursive: true, force: true })
  try {
    const store = openProjectStore(join(folder, 'opened.db'))
    const opened = await store.service.openFile({
      jobId: createId(),
      fileName: basename(path),
      file: await openAsBlob(path),
    })
    if (!opened.ok) throw new CommandError(opened.error.message)
    const database = await store.databases.find(opened.value.database)
    if (database === undefined) throw new CommandError(`${path} was closed while it was read.`)
    return {
      all: [{ service: store.service, id: opened.value.database, database }],
      close() {
        store.close()
        close()
      },
    }
  } catch (cause) {
    close()
    throw cause
  }
}

/** Opens, works and closes, whatever happens. */
export async function withSources<T>(
  named: string | undefined,
  work: (sources: readonly Source[]) => Promise<T> | T,
): Promise<T> {
  const sources = await openSources(named)
  try {
    return await work(sources.all)
  } finally {
    sources.close()
  }
}
