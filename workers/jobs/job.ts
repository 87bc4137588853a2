import { nextTask } from '../../src/model/next-task.ts'
import { err, type Result } from '../../src/model/result.ts'
import type { StorageKind } from '../../src/protocol/store-api.ts'
import { trackerError, type TrackerError } from '../../src/protocol/tracker-error.ts'
import type { Notices } from '../db/notices.ts'
import { SqlError } from '../db/sql.ts'
import { isForWantOfRoom } from '../ingest/storage-room.ts'
import type { Progress } from './progress.ts'
import { Cancelled, Unreadable } from './errors.ts'
import { NotLoaded } from './load-code.ts'

/** Long work that tells how far it is and can be cancelled. */
export interface Jobs {
  /**
   * Runs `work` and turns what a user can act on into an answer. `subject` is the file or experiment it is about.
   *
   * Errors: throws only for bugs.
   */
  run<T>(
    jobId: string,
    subject: string,
    work: (progress: Progress) => Promise<Result<T, TrackerError>>,
  ): Promise<Result<T, TrackerError>>
  /** No effect when there is no such job. */
  cancel(jobId: string): void
}

export function makeJobs(notices: Notices, storage: StorageKind): Jobs {
  const running = new Map<string, { cancelled: boolean }>()
  return {
    async run(jobId, subject, work) {
      const job = { cancelled: false }
      running.set(jobId, job)
      const progress: Progress = {
        async report(done, total, unit) {
          notices.jobProgressed({ type: 'jobProgressed', jobId, done, total, unit })
          await nextTask()
          if (job.cancelled) throw new Cancelled()
        },
      }
      try {
        return await work(progress)
      } catch (cause) {
        return err(await explain(cause, subject, storage))
      } finally {
        running.delete(jobId)
      }
    },
    cancel(jobId) {
      const job = running.get(jobId)
      if (job !== undefined) job.cancelled = true
    },
  }
}

async function explain(cause: unknown, subject: string, storage: StorageKind): Promise<TrackerError> {
  if (cause instanceof Cancelled)
    return trackerError('cancelled', `${subject}: cancelled. Nothing was changed.`)
  if (cause instanceof NotLoaded) {
    return trackerError(
      'interrupted',
      `${subject}: a part of Kymo could not be loaded. It was updated, or its server cannot be reached; reload the page and try again.`,
    )
  }
  if (cause instanceof Unreadable) {
    return trackerError(cause.code, `${subject} cannot be opened: ${cause.message}. Nothing was changed.`)
  }
  if (await isForWantOfRoom(cause, storage)) {
    return trackerError(
      'storage-full',
      `There is not enough room on this device for ${subject}. Close opened files or free some; nothing was changed.`,
    )
  }
  if (cause instanceof SqlError) {
    return trackerError(
      'file-corrupt',
      `${subject} is damaged: its database cannot be read. Nothing was changed.`,
    )
  }
  if (cause instanceof DOMException) {
    return trackerError(
      'file-unreadable',
      `${subject} cannot be read (${cause.message}). It may have been moved or changed since it was chosen; choose it again.`,
    )
  }
  throw cause
}
