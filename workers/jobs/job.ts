import { nextTask } from '../../src/model/event-loop.ts'
import { err, type Result } from '../../src/model/result.ts'
import { trackerError, type TrackerError } from '../../src/protocol/tracker-error.ts'
import { isDamage, isDamageOf } from '../db/damage.ts'
import type { Databases } from '../db/databases.ts'
import type { Notices } from '../db/notices.ts'
import { isForWantOfRoom } from '../ingest/storage-room.ts'
import type { Progress } from './progress.ts'
import { beingReplaced, Cancelled, Unreadable } from './errors.ts'
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

/** Answers whether a failure says that the own database is damaged; then it is replaced. */
export type Condemn = (cause: unknown) => boolean

export function makeJobs(databases: Databases, notices: Notices, condemn: Condemn): Jobs {
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
        return err(await explain(cause, subject, databases, condemn))
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

/** What says that a file the user chose cannot be read. Source: w3.org/TR/FileAPI, "Errors and exceptions". */
const UNREADABLE_FILE: ReadonlySet<string> = new Set(['NotFoundError', 'NotReadableError', 'SecurityError'])

/** Errors: throws what no user can act on. */
async function explain(
  cause: unknown,
  subject: string,
  { own, files }: Databases,
  condemn: Condemn,
): Promise<TrackerError> {
  if (cause instanceof Cancelled || (cause instanceof DOMException && cause.name === 'AbortError')) {
    return trackerError('cancelled', `${subject}: cancelled. Nothing was changed.`)
  }
  if (cause instanceof NotLoaded) {
    return trackerError(
      'interrupted',
      `${subject}: a part of Kymo could not be loaded. It was updated, or its server cannot be reached; reload the page and try again.`,
    )
  }
  if (cause instanceof Unreadable) {
    return trackerError(cause.code, `${subject} cannot be opened: ${cause.message}. Nothing was changed.`)
  }
  if (await isForWantOfRoom(cause, files.kind)) {
    return trackerError(
      'storage-full',
      `There is not enough room on this device for ${subject}. Close opened files or free some; nothing was changed.`,
    )
  }
  if (condemn(cause)) return beingReplaced()
  if (isDamage(cause) && !isDamageOf(own.sql, cause)) {
    return trackerError(
      'file-corrupt',
      `${subject} is damaged: its database cannot be read. Nothing was changed.`,
    )
  }
  if (cause instanceof DOMException && UNREADABLE_FILE.has(cause.name)) {
    return trackerError(
      'file-unreadable',
      `${subject} cannot be read (${cause.message}). It may have been moved or changed since it was chosen; choose it again.`,
    )
  }
  throw cause
}
