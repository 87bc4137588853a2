import { err, ok } from '../../src/model/result.ts'
import type { FilesApi } from '../../src/protocol/files-api.ts'
import type { Outcome } from '../../src/protocol/outcome.ts'
import type { Database } from '../db/database.ts'
import type { Databases } from '../db/databases.ts'
import type { Notices } from '../db/notices.ts'
import { isShared } from '../db/sql.ts'
import { eraseHalfKept } from '../formats/keeping.ts'
import { writeWaitingArrays } from '../ingest/commit.ts'
import { unknownDatabase } from '../jobs/errors.ts'
import type { Jobs } from '../jobs/job.ts'
import { loadCode } from '../jobs/load-code.ts'
import type { Progress } from '../jobs/progress.ts'

/** The code of each is loaded when it is first used. Clears away what a dead owner left half copied. */
export function answerFiles(databases: Databases, jobs: Jobs, notices: Notices): FilesApi {
  const { own } = databases
  if (!isShared(own.sql)) eraseHalfKept(own)

  /** Runs `work` on a database that may have been closed meanwhile. */
  function runOn<T>(
    request: { readonly jobId: string; readonly database: string },
    subject: string,
    work: (database: Database, progress: Progress) => Outcome<T>,
  ): Outcome<T> {
    return jobs.run(request.jobId, subject, async (progress) => {
      const database = await databases.find(request.database)
      return database === undefined ? err(unknownDatabase(request.database)) : work(database, progress)
    })
  }

  return {
    exportFile: (request) =>
      runOn(request, 'The export', async (database, progress) => {
        const { exportRuns } = await loadCode(() => import('../formats/export-file.ts'))
        if (database === own) writeWaitingArrays(own)
        return exportRuns(databases, database, request, progress)
      }),

    openFile: (request) =>
      jobs.run(request.jobId, request.fileName, async (progress) => {
        const { openFile } = await loadCode(() => import('../formats/open-file.ts'))
        return openFile(databases, notices, request, progress)
      }),

    keepFile: (request) =>
      runOn(request, 'The opened file', async (database, progress) => {
        if (database === own) return err(unknownDatabase(request.database))
        const { keepRuns } = await loadCode(() => import('../formats/keep-file.ts'))
        return keepRuns(own, database, notices, progress)
      }),

    closeFile(id) {
      if (id === own.id) return Promise.resolve(err(unknownDatabase(id)))
      databases.remove(id)
      notices.filesChanged()
      return Promise.resolve(ok(null))
    },
  }
}
