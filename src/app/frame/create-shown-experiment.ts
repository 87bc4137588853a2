import { createEffect, createMemo, createSignal, on, type Accessor } from 'solid-js'
import { OWN_DATABASE } from '../../protocol/database-id.ts'
import type { OpenedFile } from '../../protocol/files-api.ts'
import type { ExperimentRow } from '../../protocol/runs-api.ts'
import type { RouteState } from '../shell/create-route.ts'
import { HOME, MODELS } from '../shell/hash-route.ts'
import type { StorageState } from '../tracker/create-storage.ts'
import type { CatalogState } from './create-catalog.ts'

/** What of everything there is the route leads to. */
export interface ShownExperiment {
  /** Those of the database that is shown; undefined until they were read. */
  readonly experiments: Accessor<readonly ExperimentRow[] | undefined>
  readonly experiment: Accessor<ExperimentRow | undefined>
  /** The opened file that is shown. */
  readonly file: Accessor<OpenedFile | undefined>
  /** Whether there is nothing at all to be shown. */
  readonly isEmpty: Accessor<boolean>
  /** Shows an own experiment once it is there: a training just started, or a file was kept. */
  follow(matches: (row: ExperimentRow) => boolean): void
}

export function createShownExperiment(
  { route, go }: RouteState,
  catalog: CatalogState,
  storage: StorageState,
): ShownExperiment {
  const [awaited, setAwaited] = createSignal<{ matches(row: ExperimentRow): boolean } | null>(null)
  const experiments = createMemo(() => catalog.experiments(route().database))
  const experiment = createMemo(() => experiments()?.find((row) => row.id === route().experimentId))
  const file = createMemo(() => catalog.files().find((opened) => opened.database === route().database))
  const isEmpty = createMemo(
    () =>
      catalog.experiments(OWN_DATABASE)?.length === 0 &&
      storage.report() !== undefined &&
      catalog.files().length === 0,
  )

  createEffect(() => {
    const wanted = awaited()
    const found = catalog.experiments(OWN_DATABASE)?.find((row) => wanted?.matches(row))
    if (found === undefined) return
    setAwaited(null)
    go({ ...HOME, experimentId: found.id })
  })

  createEffect(() => {
    // Nothing chosen, or what was chosen is gone: the newest experiment, else the first opened file.
    const known = experiments()
    const { database, experimentId } = route()
    if (database !== OWN_DATABASE && storage.report() !== undefined && file() === undefined) {
      go(HOME, true)
      return
    }
    if (known === undefined || experiment() !== undefined || experimentId === MODELS) return
    const first = known[0]
    if (first !== undefined) {
      go({ ...HOME, database, experimentId: first.id }, true)
      return
    }
    const firstFile = catalog.files()[0]
    if (database === OWN_DATABASE && firstFile !== undefined) {
      go({ ...HOME, database: firstFile.database }, true)
    } else if (experimentId !== null) go({ ...HOME, database }, true)
  })

  createEffect(
    on(experiment, (row) => {
      document.title = row === undefined ? 'Kymo' : `${row.name} · Kymo`
    }),
  )

  return { experiments, experiment, file, isEmpty, follow: (matches) => void setAwaited({ matches }) }
}
