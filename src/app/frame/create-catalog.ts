import { createSignal, getOwner, runWithOwner, type Accessor } from 'solid-js'
import { OWN_DATABASE, type DatabaseId } from '../../protocol/database-id.ts'
import type { OpenedFile } from '../../protocol/files-api.ts'
import type { ExperimentRow } from '../../protocol/runs-api.ts'
import { createLiveRead, type LiveRead } from '../tracker/create-live-read.ts'
import type { StorageState } from '../tracker/create-storage.ts'
import type { Tracker } from '../tracker/tracker.ts'

export interface CatalogState {
  /** Undefined until the first answer. */
  experiments(database: DatabaseId): readonly ExperimentRow[] | undefined
  readonly files: Accessor<readonly OpenedFile[]>
  /** Why the own experiments cannot be read, as a sentence; null while they can. */
  readonly failure: Accessor<string | null>
  /** Runs that changed before the notice arrives, such as our own edits. */
  refresh(database: DatabaseId): void
}

/** The experiments of the own database and of every opened file, newest start first. */
export function createCatalog(tracker: Tracker, storage: StorageState): CatalogState {
  const [byDatabase, setByDatabase] = createSignal<ReadonlyMap<DatabaseId, readonly ExperimentRow[]>>(
    new Map(),
  )
  const owner = getOwner()
  const reads = new Map<DatabaseId, LiveRead<unknown>>()
  const files = (): readonly OpenedFile[] => storage.report()?.files ?? []

  function open(database: DatabaseId): LiveRead<unknown> {
    const opened = createLiveRead(tracker, {
      database,
      on: ['runsChanged'],
      read: () => tracker.api.readExperiments(database),
      take(found) {
        const rows = found.toSorted((a, b) => b.lastStartedAt - a.lastStartedAt)
        setByDatabase((known) => new Map(known).set(database, rows))
      },
    })
    reads.set(database, opened)
    return opened
  }

  /** A read is owned by the catalog: whoever asks first may be gone before the others. */
  function refresh(database: DatabaseId): void {
    const known = reads.get(database)
    if (known === undefined) runWithOwner(owner, () => open(database))
    else known.refresh()
  }

  const { failure } = open(OWN_DATABASE)

  return {
    experiments(database) {
      const rows = byDatabase().get(database)
      if (rows === undefined && database !== OWN_DATABASE && !reads.has(database)) refresh(database)
      return rows
    },
    files,
    failure,
    refresh,
  }
}
