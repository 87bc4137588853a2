import { createSignal, onCleanup, type Accessor } from 'solid-js'
import { OWN_DATABASE, type DatabaseId } from '../../protocol/database-id.ts'
import type { OpenedFile } from '../../protocol/files-api.ts'
import type { ExperimentRow } from '../../protocol/runs-api.ts'
import { makeCoalesced } from '../tracker/coalesce.ts'
import type { StorageState } from '../tracker/create-storage.ts'
import { shownFailure } from '../tracker/shown-failure.ts'
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
  const [failure, setFailure] = createSignal<string | null>(null)
  const readers = new Map<DatabaseId, () => void>()
  const files = (): readonly OpenedFile[] => storage.report()?.files ?? []

  async function read(database: DatabaseId): Promise<void> {
    const answer = await tracker.api.readExperiments(database)
    if (!answer.ok) {
      if (database === OWN_DATABASE) setFailure(shownFailure(answer.error))
      return
    }
    if (database === OWN_DATABASE) setFailure(null)
    const rows = answer.value.toSorted((a, b) => b.lastStartedAt - a.lastStartedAt)
    setByDatabase((known) => new Map(known).set(database, rows))
  }

  function refresh(database: DatabaseId): void {
    let reader = readers.get(database)
    if (reader === undefined) {
      reader = makeCoalesced(() => read(database))
      readers.set(database, reader)
    }
    reader()
  }

  onCleanup(
    tracker.onEvent((event) => {
      if (event.type === 'runsChanged') refresh(event.database)
      if (event.type === 'storageChanged') refresh(OWN_DATABASE)
    }),
  )
  refresh(OWN_DATABASE)

  return {
    experiments(database) {
      const rows = byDatabase().get(database)
      if (rows === undefined && database !== OWN_DATABASE && !readers.has(database)) refresh(database)
      return rows
    },
    files,
    failure,
    refresh,
  }
}
