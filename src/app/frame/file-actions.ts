import { OWN_DATABASE } from '../../protocol/database-id.ts'
import type { OpenedFile } from '../../protocol/files-api.ts'
import type { FilesState } from '../files/create-files.ts'
import { readExample } from '../files/example-file.ts'
import type { RouteState } from '../shell/create-route.ts'
import type { ToastState } from '../shell/create-toasts.ts'
import { HOME } from '../shell/hash-route.ts'
import { busyWhile } from '../tracker/idle.ts'
import type { CatalogState } from './create-catalog.ts'
import type { ShownExperiment } from './create-shown-experiment.ts'

/** What is done with files, and what is shown after it. */
export interface FileActions {
  open(picked: readonly File[]): void
  openExample(): void
  /** Files of the folder of the project. */
  openFromDisk(names: readonly string[]): void
  importFromDisk(names: readonly string[]): void
  close(file: OpenedFile): void
  /** What is kept is among the own experiments from now on; the copy that was looked at is closed. */
  keep(file: OpenedFile): void
}

interface FileActionsSource {
  readonly files: FilesState
  readonly catalog: CatalogState
  readonly routeState: RouteState
  readonly shown: ShownExperiment
  readonly toasts: ToastState
}

export function makeFileActions(source: FileActionsSource): FileActions {
  const { files, catalog, shown, toasts } = source
  const { route, go } = source.routeState

  function show(opened: OpenedFile | undefined): void {
    if (opened === undefined) return
    catalog.refresh(opened.database)
    go({ ...HOME, database: opened.database })
  }

  async function open(chosen: readonly { readonly name: string; readonly blob: Blob }[]): Promise<void> {
    for (const { name, blob } of chosen) {
      show(await files.open(name, blob))
    }
  }

  async function openFromDisk(names: readonly string[]): Promise<void> {
    for (const name of names) show(await files.openFromDisk(name))
  }

  /** What was imported is among the own experiments, so the copy on the way is closed. */
  async function importFromDisk(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const opened = await files.openFromDisk(name)
      if (opened === undefined) continue
      await files.keep(opened)
      await files.close(opened.database)
    }
    catalog.refresh(OWN_DATABASE)
  }

  async function openExample(): Promise<void> {
    const example = await busyWhile(readExample())
    if (example.ok) await open([example.value])
    else toasts.complain(example.error)
  }

  async function close(file: OpenedFile): Promise<void> {
    if ((await files.close(file.database)) && route().database === file.database) go(HOME, true)
  }

  async function keep(file: OpenedFile): Promise<void> {
    const { experimentId } = route()
    if (!(await files.keep(file))) return
    shown.follow((row) => row.id === experimentId)
    catalog.refresh(OWN_DATABASE)
    await close(file)
  }

  return {
    open: (picked) => void open(picked.map((file) => ({ name: file.name, blob: file }))),
    openExample: () => void openExample(),
    openFromDisk: (names) => void openFromDisk(names),
    importFromDisk: (names) => void importFromDisk(names),
    close: (file) => void close(file),
    keep: (file) => void keep(file),
  }
}
