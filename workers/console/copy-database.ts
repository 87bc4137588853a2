import { nextTask } from '../../src/model/event-loop.ts'
import { err, ok, type Result } from '../../src/model/result.ts'
import { trackerError, type TrackerError } from '../../src/protocol/tracker-error.ts'
import type { Database } from '../db/database.ts'
import { rawFileOf, type RawFile } from '../db/raw-file.ts'
import { readParts } from '../db/read-parts.ts'
import { databaseBytes } from '../db/store-files.ts'
import { makeBlobParts } from '../jobs/blob-parts.ts'
import { commit, writeWaitingArrays } from '../ingest/commit.ts'

/** Larger ones are not copied: the worker of a page holds a copy twice while it opens it, a phone much more hardly. */
export const MAX_COPY_BYTES = 256 * 2 ** 20

/** Read between two answers of the thread: some ten milliseconds. */
const SLICE_BYTES = 16 * 2 ** 20
const PART_BYTES = 2 ** 20

/** How often a copy begins again because something was committed meanwhile, before it is made in one turn. */
const ATTEMPTS = 2

/** Where the header counts the commits. Source: sqlite.org/fileformat2.html, 1.3. */
const CHANGE_COUNTER_OFFSET = 24

/**
 * The bytes of a database with all that is acknowledged in them, as of one moment.
 *
 * Batches go on into the log and the open transaction meanwhile; only a commit writes to the file. Cost: with one in
 * between again and again a single turn of the thread, else turns of SLICE_BYTES. Errors: `sql-memory`, `interrupted`.
 */
export async function copyDatabase(database: Database): Promise<Result<Blob, TrackerError>> {
  const bytes = databaseBytes(database.sql)
  if (bytes > MAX_COPY_BYTES) return err(tooLarge(bytes))
  const { sql } = database
  // Else SQLite writes pages of the open transaction when its cache is full.
  sql.exec('pragma cache_spill = off')
  try {
    for (let attempt = 0; ; attempt += 1) {
      settle(database)
      const file = rawFileOf(sql)
      // A database in memory that was never opened from bytes has no file.
      if (file.size === 0) return ok(copyPages(database))
      const copy = await copyFile(database, file, attempt < ATTEMPTS ? SLICE_BYTES : MAX_COPY_BYTES)
      if (!sql.isOpen) return err(gone())
      if (copy !== null) return ok(copy)
    }
  } finally {
    if (sql.isOpen) sql.exec('pragma cache_spill = on')
  }
}

/** Puts all that is acknowledged into the file. */
function settle(database: Database): void {
  writeWaitingArrays(database)
  commit(database, Date.now())
}

const MIME = 'application/vnd.sqlite3'

function copyPages({ sql }: Database): Blob {
  const parts = makeBlobParts()
  for (const page of readParts(sql)) parts.add(page)
  return parts.close(MIME)
}

/** Null when something was committed before all was read, or the database closed. */
async function copyFile({ sql }: Database, file: RawFile, sliceBytes: number): Promise<Blob | null> {
  const { size } = file
  const counted = readCounter(file)
  const parts = makeBlobParts()
  let read = 0
  for (let at = 0; at < size; at += PART_BYTES) {
    const length = Math.min(PART_BYTES, size - at)
    parts.add(file.read(at, length))
    read += length
    if (read < sliceBytes) continue
    read = 0
    await nextTask()
    if (!sql.isOpen || readCounter(file) !== counted) return null
  }
  return parts.close(MIME)
}

function readCounter(file: RawFile): number {
  return new DataView(file.read(CHANGE_COUNTER_OFFSET, 4).buffer).getUint32(0)
}

function tooLarge(bytes: number): TrackerError {
  const [is, may] = [bytes, MAX_COPY_BYTES].map((size) => Math.round(size / 1e6))
  return trackerError(
    'sql-memory',
    `The query takes too long to run beside logging, and at ${is} MB the database is too large to be copied for it (up to ${may} MB). Ask for less: one run_id or series_id, or the summaries in series.`,
  )
}

function gone(): TrackerError {
  return trackerError(
    'interrupted',
    'The database was closed while it was copied for the query. Run it again.',
  )
}
