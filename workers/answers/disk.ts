import { err, ok } from '../../src/model/result.ts'
import type { DiskApi } from '../../src/protocol/disk-api.ts'
import { trackerError } from '../../src/protocol/tracker-error.ts'
import type { TrackerEvent } from '../../src/protocol/tracker-event.ts'
import type { Databases } from '../db/databases.ts'
import type { Notices } from '../db/notices.ts'
import type { Jobs } from '../jobs/job.ts'
import { loadCode } from '../jobs/load-code.ts'
import type { Keeping } from '../mirror/keep-on-disk.ts'
import type { Readings } from './reading.ts'

/** Besides what is asked, what happens to the own database is told, and the end. */
export interface DiskAnswers extends DiskApi {
  hear(event: TrackerEvent): void
  stopKeeping(): void
}

/** The code is loaded when a page names a folder. */
export function answerDisk(
  databases: Databases,
  { readingArrays }: Readings,
  jobs: Jobs,
  notices: Notices,
): DiskAnswers {
  const { own } = databases
  let keeping: Keeping | null = null

  const read = async <T>(look: (database: typeof own) => T): Promise<T> => {
    const seen = await readingArrays(own.id, (database) => ok(look(database)))
    if (!seen.ok) throw new Error(seen.error.message)
    return seen.value
  }

  return {
    async keepOnDisk({ url }) {
      const { keepOnDisk } = await loadCode(() => import('../mirror/keep-on-disk.ts'))
      if (!own.sql.isOpen || keeping?.url === url) return ok(null)
      keeping?.stop()
      keeping = keepOnDisk({ url, databases, notices, read })
      return ok(null)
    },
    readDisk: () => Promise.resolve(ok(keeping?.report ?? null)),
    openFromDisk: (request) =>
      jobs.run(request.jobId, request.file, async (progress) =>
        keeping === null
          ? err(trackerError('file-unreadable', 'No folder of a project is known.'))
          : keeping.open(request, progress),
      ),
    hear: (event) => keeping?.hear(event),
    stopKeeping: () => keeping?.stop(),
  }
}
