import { ok } from '../../src/model/result.ts'
import type { OpenFormat } from '../../src/protocol/open-formats.ts'
import type { OpenedFile, OpenRequest } from '../../src/protocol/files-api.ts'
import type { Outcome } from '../../src/protocol/outcome.ts'
import { isDamageAtOpening } from '../db/damage.ts'
import { OPENED_FILE, type Databases } from '../db/databases.ts'
import { writeMeta } from '../db/meta.ts'
import type { Notices } from '../db/notices.ts'
import { readOpenedFile } from '../read/opened-files.ts'
import type { Part } from './contents.ts'
import type { Progress } from '../jobs/progress.ts'
import { detectFormat } from './detect.ts'
import { Unreadable } from '../jobs/errors.ts'
import { readKymoDb } from './kymo-db/read.ts'
import { takeIn } from './take-in.ts'
import { loadCode } from '../jobs/load-code.ts'

/** Reads a file into a database of its own, apart from the own one. Errors: those of `detectFormat`; throws `Unreadable`. */
export async function openFile(
  databases: Databases,
  notices: Notices,
  { fileName, file }: OpenRequest,
  progress: Progress,
): Outcome<OpenedFile> {
  const format = await detectFormat(file, fileName)
  if (!format.ok) return format
  const database = await databases.create()
  try {
    await takeIn(database, 'open', await READERS[format.value](file, databases, progress), progress)
    writeMeta(database.sql, OPENED_FILE, {
      fileName,
      fileBytes: file.size,
      format: format.value,
      openedAt: Date.now(),
      warnings: [],
    })
    const opened = readOpenedFile(database)
    if (opened === undefined) throw new Error(`${fileName} was opened but does not say so.`)
    if (opened.runs === 0) throw new Unreadable('file-corrupt', 'it holds no run')
    notices.filesChanged()
    return ok(opened)
  } catch (cause) {
    const { pointer } = database.sql
    databases.remove(database.id)
    // Met in the file, whose schema may be made up; what fails in the database it goes to is ours.
    if (isDamageAtOpening(cause) && cause.connection !== pointer)
      throw new Unreadable('file-corrupt', 'its database is damaged')
    throw cause
  }
}

type Reader = (file: Blob, databases: Databases, progress: Progress) => Promise<AsyncIterable<Part>>

const READERS: Readonly<Record<OpenFormat, Reader>> = {
  db: async (file, databases, progress) =>
    readKymoDb(file, databases.files, databases.createTemporaryName(), progress),
  arrow: async (file, _, progress) => {
    const { readArrow } = await loadCode(() => import('./arrow/read.ts'))
    return readArrow(file, progress)
  },
}
