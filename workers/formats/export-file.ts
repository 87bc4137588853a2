import { err, ok, type Result } from '../../src/model/result.ts'
import {
  EXPORT_FORMATS,
  isZipFormat,
  type ExportFormat,
  type ZipFormat,
} from '../../src/protocol/export-formats.ts'
import type { ExportedFile, ExportRequest } from '../../src/protocol/files-api.ts'
import { trackerError, type TrackerError } from '../../src/protocol/tracker-error.ts'
import type { Database } from '../db/database.ts'
import type { Databases } from '../db/databases.ts'
import { countPoints, type Contents } from './contents.ts'
import type { Progress } from '../jobs/progress.ts'
import { openContents } from './database-contents.ts'
import { FILE_ENTRIES } from './file-entries.ts'
import { toFileName } from './file-name.ts'
import { writeKymoDb } from './kymo-db/write.ts'
import { loadCode } from '../jobs/load-code.ts'

/** Writes the selected runs to one file. Errors: `nothing-to-export`. */
export async function exportRuns(
  databases: Databases,
  database: Database,
  { experimentId, runIds, format, artifacts = true }: ExportRequest,
  progress: Progress,
): Promise<Result<ExportedFile, TrackerError>> {
  const whole = openContents(database, { experimentId, runIds })
  const contents = artifacts ? whole : { ...whole, artifacts: [], remarks: [] }
  if (contents.runs.length === 0) {
    return err(trackerError('nothing-to-export', 'There is no run to export. Choose at least one.'))
  }
  const name =
    experimentId === null ? backupName() : toFileName(contents.experiments[0]?.name ?? '', 'experiment')
  return ok({
    file: isZipFormat(format)
      ? await writeFiles(format, contents, progress)
      : await WRITERS[format](contents, databases, progress),
    fileName: `${name}.${EXPORT_FORMATS[format].extension}`,
    runs: contents.runs.length,
    points: countPoints(contents.series),
  })
}

type Writer = (contents: Contents, databases: Databases, progress: Progress) => Promise<Blob>

const WRITERS: Readonly<Record<Exclude<ExportFormat, ZipFormat>, Writer>> = {
  db: (contents, databases, progress) =>
    writeKymoDb(contents, databases.files, databases.createTemporaryName(), progress),
  arrow: async (contents, _, progress) => {
    const { writeArrow } = await loadCode(() => import('./arrow/write.ts'))
    return writeArrow(contents, progress)
  },
}

async function writeFiles(format: ZipFormat, contents: Contents, progress: Progress): Promise<Blob> {
  const filesOf = await FILE_ENTRIES[format]()
  const { writeZip } = await loadCode(() => import('./zip.ts'))
  return writeZip(filesOf(contents, progress), EXPORT_FORMATS[format].mime)
}

/** The day is that of the user's calendar. */
function backupName(): string {
  const now = new Date()
  const [month, day] = [now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0'))
  return `kymo-backup-${now.getFullYear()}-${month}-${day}`
}
