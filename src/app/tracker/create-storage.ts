import { createSignal, onCleanup, type Accessor } from 'solid-js'
import { ok } from '../../model/result.ts'
import { readEstimate } from '../../model/storage-estimate.ts'
import { OWN_DATABASE } from '../../protocol/database-id.ts'
import type { OpenedFile } from '../../protocol/files-api.ts'
import type { StorageReport } from '../../protocol/store-api.ts'
import { createLiveRead } from './create-live-read.ts'
import { busyWhile } from './idle.ts'
import { isElsewhere } from './shown-failure.ts'
import type { Tracker } from './tracker.ts'

export interface StorageRoom {
  readonly usedBytes: number
  readonly quotaBytes: number
  /** The browser promised not to clear it. */
  readonly persisted: boolean
}

export interface StorageState {
  /** Undefined until the tracker answered. */
  readonly report: Accessor<StorageReport | undefined>
  /** Another tab holds the database, and this one cannot ask it. */
  readonly elsewhere: Accessor<boolean>
  /** Undefined where the browser does not tell. */
  readonly room: Accessor<StorageRoom | undefined>
  /** Why nothing is stored on this device, as a sentence; null while the database is on disk. */
  readonly memoryReason: Accessor<string | null>
  /** Asks the browser to keep the storage; true when it agreed. */
  keep(): Promise<boolean>
  refresh(): void
  /** Tells of a file that was just opened, ahead of the next report. */
  addFile(file: OpenedFile): void
}

/** Sizes move slowly; this often is enough while a run grows. */
const REFRESH_MS = 10_000

/** Where the own database lives and whether it will stay. */
export function createStorage(tracker: Tracker): StorageState {
  const [report, setReport] = createSignal<StorageReport>()
  const [room, setRoom] = createSignal<StorageRoom>()
  const [elsewhere, setElsewhere] = createSignal(false)
  const [failure, setFailure] = createSignal<string | null>(null)

  async function read() {
    const [answer, storageRoom] = await Promise.all([tracker.api.readStorage(), busyWhile(readRoom())])
    if (answer.ok) setReport(answer.value)
    const elsewhere = !answer.ok && isElsewhere(answer.error)
    setElsewhere(elsewhere)
    setFailure(answer.ok || elsewhere ? null : (tracker.failure() ?? answer.error.message))
    setRoom(storageRoom)
    // It is asked again soon, whatever became of it.
    return ok(undefined)
  }

  const { refresh } = createLiveRead(tracker, {
    database: OWN_DATABASE,
    // Runs may have gone into the bin or come out of it.
    on: ['filesChanged', 'runsChanged'],
    read,
  })
  const timer = setInterval(() => {
    if (!document.hidden) refresh()
  }, REFRESH_MS)
  onCleanup(() => clearInterval(timer))

  return {
    report,
    elsewhere,
    room,
    memoryReason() {
      if (failure() !== null) return failure()
      const current = report()
      return current?.kind === 'memory' ? current.reason : null
    },
    async keep() {
      const agreed = await askToPersist()
      refresh()
      return agreed
    },
    refresh,
    addFile(file) {
      setReport(
        (known) =>
          known && {
            ...known,
            files: [...known.files.filter((other) => other.database !== file.database), file],
          },
      )
      refresh()
    },
  }
}

async function askToPersist(): Promise<boolean> {
  try {
    return await navigator.storage.persist()
  } catch {
    return false
  }
}

/** Undefined where the browser has no storage manager or refuses to answer, as in some private windows. */
async function readRoom(): Promise<StorageRoom | undefined> {
  try {
    const [{ used, quota }, persisted] = await Promise.all([readEstimate(), navigator.storage.persisted()])
    return used === null || quota === null ? undefined : { usedBytes: used, quotaBytes: quota, persisted }
  } catch {
    return undefined
  }
}
