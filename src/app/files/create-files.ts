import { createSignal, type Accessor } from 'solid-js'
import { formatFileError } from './file-error.ts'
import { createJob, type Working } from '../tracker/create-job.ts'
import type { StorageState } from '../tracker/create-storage.ts'
import type { ToastState } from '../shell/create-toasts.ts'
import type { Tracker } from '../tracker/tracker.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { KeepReceipt, OpenedFile } from '../../protocol/files-api.ts'
import type { Outcome } from '../../protocol/outcome.ts'

export interface FilesState {
  /** The file being opened, and how far it is. */
  readonly opening: Accessor<Working | undefined>
  readonly openingName: Accessor<string>
  /** Undefined when it failed or was cancelled; why is told by a toast. */
  open(fileName: string, file: Blob): Promise<OpenedFile | undefined>
  /** The same of a file in the folder of the project. */
  openFromDisk(fileName: string): Promise<OpenedFile | undefined>
  cancelOpen(): void
  readonly keeping: Accessor<Working | undefined>
  keep(file: OpenedFile): Promise<boolean>
  cancelKeep(): void
  close(database: DatabaseId): Promise<boolean>
}

/** Opening, keeping and closing files. */
export function createFiles(tracker: Tracker, storage: StorageState, toasts: ToastState): FilesState {
  const openJob = createJob<OpenedFile>(tracker)
  const keepJob = createJob<KeepReceipt>(tracker)
  const [openingName, setOpeningName] = createSignal('')

  async function openBy(
    fileName: string,
    open: (jobId: string) => Outcome<OpenedFile>,
  ): Promise<OpenedFile | undefined> {
    setOpeningName(fileName)
    const outcome = await openJob.start(open)
    if (outcome.ok) {
      storage.addFile(outcome.value)
      return outcome.value
    }
    if (outcome.error.code !== 'cancelled') toasts.complain(formatFileError(fileName, outcome.error))
    openJob.reset()
    return undefined
  }

  return {
    opening: openJob.working,
    openingName,
    cancelOpen: openJob.cancel,
    keeping: keepJob.working,
    cancelKeep: keepJob.cancel,
    open: (fileName, file) => openBy(fileName, (jobId) => tracker.api.openFile({ jobId, fileName, file })),
    openFromDisk: (fileName) =>
      openBy(fileName, (jobId) => tracker.api.openFromDisk({ jobId, file: fileName })),
    async keep(file) {
      const outcome = await keepJob.start((jobId) => tracker.api.keepFile({ jobId, database: file.database }))
      keepJob.reset()
      storage.refresh()
      if (!outcome.ok) {
        if (outcome.error.code !== 'cancelled') toasts.complain(formatFileError(file.fileName, outcome.error))
        return false
      }
      toasts.say(keptWords(file.fileName, outcome.value))
      return true
    },
    async close(database) {
      const outcome = await tracker.api.closeFile(database)
      if (!outcome.ok) toasts.complain(outcome.error.message)
      storage.refresh()
      return outcome.ok
    },
  }
}

function runWords(count: number): string {
  return `${count} ${count === 1 ? 'run' : 'runs'}`
}

function keptWords(fileName: string, { kept, skipped }: KeepReceipt): string {
  if (kept === 0) return `Every run of ${fileName} was on this device already.`
  const rest = skipped > 0 ? `; ${runWords(skipped)} ${skipped === 1 ? 'was' : 'were'} here already` : ''
  return `${runWords(kept)} of ${fileName} ${kept === 1 ? 'was' : 'were'} imported${rest}.`
}
