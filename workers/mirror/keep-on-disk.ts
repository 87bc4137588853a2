import { err } from '../../src/model/result.ts'
import type { DiskReport, OpenFromDiskRequest } from '../../src/protocol/disk-api.ts'
import type { OpenedFile } from '../../src/protocol/files-api.ts'
import type { Outcome } from '../../src/protocol/outcome.ts'
import { trackerError } from '../../src/protocol/tracker-error.ts'
import type { TrackerEvent } from '../../src/protocol/tracker-event.ts'
import type { Databases } from '../db/databases.ts'
import type { Notices } from '../db/notices.ts'
import { openFile } from '../formats/open-file.ts'
import type { Progress } from '../jobs/progress.ts'
import { makeDiskClient } from './disk-client.ts'
import { makeMirror } from './mirror.ts'
import type { ReadOwn } from './send-artifacts.ts'

export interface KeepingOptions {
  readonly url: string
  readonly databases: Databases
  readonly notices: Notices
  readonly read: ReadOwn
}

/** The own database as it is kept on a disk as well, and what is there besides. */
export interface Keeping {
  readonly url: string
  readonly report: DiskReport
  /** To be told of everything that happens to the own database. */
  hear(event: TrackerEvent): void
  open(request: OpenFromDiskRequest, progress: Progress): Outcome<OpenedFile>
  stop(): void
}

/** null for a place of another origin: a page may say anything, and what is tracked never leaves its origin. */
export function keepOnDisk({ url, databases, notices, read }: KeepingOptions): Keeping | null {
  if (!isOfThisOrigin(url)) return null
  const client = makeDiskClient(url)
  const mirror = makeMirror({ client, read, onReport: () => notices.storageChanged() })

  return {
    url,
    get report() {
      return mirror.report
    },
    hear: mirror.hear,
    async open({ jobId, file: fileName }, progress) {
      const file = await client.read({ file: fileName })
      if (file.ok) return openFile(databases, notices, { jobId, fileName, file: file.value }, progress)
      return err(trackerError('file-unreadable', `${fileName} could not be read: ${file.error.message}`))
    },
    stop: mirror.stop,
  }
}

function isOfThisOrigin(url: string): boolean {
  try {
    return new URL(url).origin === globalThis.location.origin
  } catch {
    return false
  }
}
