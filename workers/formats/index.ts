import { err, ok } from '../../src/model/result.ts'
import { createId } from '../../src/model/units.ts'
import type {
  DatabaseId,
  ExportFormat,
  KeepReceipt,
  OpenedFile,
  OpenRequest,
  TrackerApi,
} from '../../src/protocol/tracker-api.ts'
import { trackerError, type TrackerError } from '../../src/protocol/tracker-error.ts'
import type { Database } from '../db/database.ts'
import { OPENED_FILE, type Databases } from '../db/databases.ts'
import { readMeta, writeMeta } from '../db/meta.ts'
import type { Notices } from '../db/notices.ts'
import { applyChange } from '../ingest/apply-change.ts'
import { eraseRuns } from '../ingest/erase-runs.ts'
import { isRunKnown } from '../ingest/run-start.ts'
import { readOpenedFile } from '../read/opened-files.ts'
import { Unreadable, type Contents, type Part, type Progress } from './contents.ts'
import { contentsToParts } from './contents-parts.ts'
import { openContents } from './database-contents.ts'
import { detectFormat } from './detect.ts'
import { exportRuns } from './export-file.ts'
import { makeJobs } from './job.ts'
import { readKymoDb } from './kymo-db/read.ts'
import { takeIn } from './take-in.ts'

export type FileJobs = Pick<TrackerApi, 'exportFile' | 'openFile' | 'keepFile' | 'closeFile' | 'cancel'>

/** The meta key under which the own database names the runs that are being copied into it. */
const KEEPING = 'keeping'

/** Everything that moves runs between databases and files. Clears away what a dead owner left half copied. */
export function makeFileJobs(databases: Databases, notices: Notices): FileJobs {
  const { own, files } = databases
  const jobs = makeJobs(notices, files.kind)
  eraseHalfKept(own)

  return {
    exportFile: (request) =>
      jobs.run(request.jobId, 'The export', async (progress) => {
        const database = await databases.find(request.database)
        if (database === undefined) return err(unknownDatabase(request.database))
        return exportRuns(databases, database, request, progress)
      }),

    openFile: (request) =>
      jobs.run(request.jobId, request.fileName, async (progress) => {
        const format = await detectFormat(request.file, request.fileName)
        if (!format.ok) return format
        return ok(await open(databases, notices, request, format.value, progress))
      }),

    keepFile: ({ jobId, database: id }) =>
      jobs.run(jobId, 'The opened file', async (progress) => {
        const database = id === own.id ? undefined : await databases.find(id)
        if (database === undefined) return err(unknownDatabase(id))
        return ok(await keep(own, database, notices, progress))
      }),

    closeFile(id) {
      if (id === own.id) return Promise.resolve(err(unknownDatabase(id)))
      databases.remove(id)
      notices.filesChanged()
      return Promise.resolve(ok(null))
    },

    cancel(jobId) {
      jobs.cancel(jobId)
      return Promise.resolve(ok(null))
    },
  }
}

function unknownDatabase(id: DatabaseId): TrackerError {
  return trackerError('unknown-database', `The opened file ${id} is closed. Open it again.`)
}

async function open(
  databases: Databases,
  notices: Notices,
  { fileName, file }: OpenRequest,
  format: ExportFormat,
  progress: Progress,
): Promise<OpenedFile> {
  const database = await databases.create()
  try {
    await takeIn(database, 'open', await readFile(databases, file, format, progress))
    writeMeta(database.sql, OPENED_FILE, {
      fileName,
      fileBytes: file.size,
      format,
      openedAt: Date.now(),
      warnings: [],
    })
    const opened = readOpenedFile(database)
    if (opened === undefined) throw new Error(`${fileName} was opened but does not say so.`)
    if (opened.runs === 0) throw new Unreadable('file-corrupt', 'it holds no run')
    notices.filesChanged()
    return opened
  } catch (cause) {
    databases.remove(database.id)
    throw cause
  }
}

async function readFile(
  databases: Databases,
  file: Blob,
  format: ExportFormat,
  progress: Progress,
): Promise<AsyncIterable<Part>> {
  switch (format) {
    case 'db':
      return readKymoDb(file, databases.files, databases.createTemporaryName(), progress)
    case 'arrow': {
      const { readArrow } = await import('./arrow/read.ts')
      return readArrow(file, progress)
    }
  }
}

/**
 * Copies the runs that are not there yet, and brings back those that were removed. Whatever interrupts it, a run is
 * there as a whole or not at all.
 */
async function keep(
  own: Database,
  from: Database,
  notices: Notices,
  progress: Progress,
): Promise<KeepReceipt> {
  const all = openContents(from, { experimentId: null, runIds: null })
  const contents = onlyRuns(all, (runId) => !isRunKnown(own.sql, runId))
  const kept = contents.runs.map(({ run }) => run.id)
  const known = all.runs.map(({ run }) => run.id).filter((runId) => isRunKnown(own.sql, runId))
  writeMeta(own.sql, KEEPING, kept)
  try {
    await takeIn(own, `keep-${createId()}`, contentsToParts(contents, progress))
    writeMeta(own.sql, KEEPING, [])
    own.sql.transaction(() => applyChange(own.sql, { type: 'restoreRuns', runIds: known }))
  } catch (cause) {
    eraseHalfKept(own)
    throw cause
  } finally {
    notices.runsChanged(own.id, [...kept, ...known])
  }
  return { kept: kept.length, skipped: known.length }
}

function onlyRuns(contents: Contents, wanted: (runId: string) => boolean): Contents {
  const runs = contents.runs.filter(({ run }) => wanted(run.id))
  const ids = new Set(runs.map(({ run }) => run.id))
  return {
    experiments: contents.experiments,
    runs,
    series: contents.series.filter(({ summary }) => ids.has(summary.runId)),
  }
}

function eraseHalfKept(own: Database): void {
  const half = readMeta(own.sql, KEEPING)
  if (!Array.isArray(half) || half.length === 0) return
  eraseRuns(own, half.map(String), Date.now())
  writeMeta(own.sql, KEEPING, [])
}
