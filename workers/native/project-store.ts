import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { LogBatch } from '../../src/model/log-batch.ts'
import { err, ok, type Result } from '../../src/model/result.ts'
import type { IngestReceipt } from '../../src/protocol/store-api.ts'
import { trackerError, type TrackerError } from '../../src/protocol/tracker-error.ts'
import type { TrackerEvent } from '../../src/protocol/tracker-event.ts'
import { deleteLeftBehind } from '../db/blobs.ts'
import type { Database } from '../db/database.ts'
import { databasesBeside, type Databases } from '../db/databases.ts'
import { isDamage } from '../db/damage.ts'
import { SqlError } from '../db/sql.ts'
import { eraseHalfKept } from '../formats/keeping.ts'
import { commit } from '../ingest/commit.ts'
import { ingestBatch } from '../ingest/ingest-batch.ts'
import { markRunKilled, readRunningRuns } from '../ingest/running-runs.ts'
import { makeService, type Service } from '../service.ts'
import { BUSY } from './driver.ts'
import { openFolderFiles } from './folder-files.ts'
import { loadDrivers } from './load-drivers.ts'
import { makeNativeSql } from './native-sql.ts'
import { openAtOnce } from './open-at-once.ts'
import { isProcessGone } from './process-lock.ts'

/** The database of one experiment, open in this thread. */
export interface ProjectStore {
  readonly path: string
  readonly database: Database
  /** The same, and files that are opened beside it. */
  readonly databases: Databases
  /** Everything a tracker answers, of this database. */
  readonly service: Service
  /** Commits a batch before it returns, so that it needs no turn of the event loop. */
  ingest(batch: LogBatch): Result<IngestReceipt, TrackerError>
  /**
   * The same with the batch that `make` says inside the transaction, when nobody else writes: it may look at what is there.
   * null where there is nothing to write; what it throws is thrown on, and nothing happened.
   */
  ingestNext(make: (database: Database) => LogBatch | null): Result<null, TrackerError>
  /** Marks the runs of processes that are gone as killed at their last points, and clears away what they left half done. */
  markDead(): void
  /** False when its file was deleted or replaced meanwhile: what is written then is seen by nobody. Cost: 5 µs. */
  isInPlace(): boolean
  close(): void
}

let opened = 0

/**
 * Opens or creates a database at a path, whose folder is there.
 *
 * Errors: throws what to do where Node has no SQLite, and why the file cannot be opened.
 */
export function openProjectStore(
  path: string,
  notify: (event: TrackerEvent) => void = () => undefined,
): ProjectStore {
  const drivers = loadDrivers()
  const database = openAtOnce(makeNativeSql(drivers, path))
  const inode = inodeOf(path)
  opened += 1
  const scratch = join(path, '..', `.scratch-${process.pid}-${opened}`)
  const databases = databasesBeside(database, openFolderFiles(drivers, { own: path, scratch }))
  const service = makeService(databases, notify)

  function ingest(batch: LogBatch): Result<IngestReceipt, TrackerError> {
    try {
      const applied = ingestBatch(database, batch, Date.now())
      if (!applied.ok) return applied
      const { sequence, changedRuns, grownRuns } = applied.value
      if (changedRuns.size > 0)
        notify({ type: 'runsChanged', database: database.id, runIds: [...changedRuns] })
      if (grownRuns.size > 0) notify({ type: 'seriesGrew', database: database.id, runIds: [...grownRuns] })
      return ok({ sequence, watched: false })
    } catch (cause) {
      return err(toTrackerError(path, cause))
    }
  }

  function ingestNext(make: (database: Database) => LogBatch | null): Result<null, TrackerError> {
    try {
      database.sql.begin()
    } catch (cause) {
      return err(toTrackerError(path, cause))
    }
    try {
      const batch = make(database)
      const written = batch === null ? ok(null) : ingest(batch)
      return written.ok ? ok(null) : written
    } finally {
      // All is committed by now, or is to be undone.
      database.sql.rollback()
    }
  }

  return {
    path,
    database,
    databases,
    service,
    ingest,
    ingestNext,
    markDead() {
      for (const { runId, lock } of readRunningRuns(database))
        if (isProcessGone(lock)) markRunKilled(database, runId, lock)
      eraseHalfKept(database, isProcessGone)
      // Nobody is at work, so what arrives for nothing was left behind.
      if (readRunningRuns(database).length === 0) deleteLeftBehind(database.sql)
      commit(database, Date.now())
    },
    isInPlace: () => inodeOf(path) === inode,
    close: () => service.close(),
  }
}

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino
}

/** Primary result codes. Source: sqlite.org/rescode.html. */
const READONLY = 8
const FULL = 13

const CANTOPEN = 14

/** Why a file cannot be read or written, as a sentence that names it. */
export function toTrackerError(path: string, cause: unknown): TrackerError {
  if (isDamage(cause))
    return trackerError(
      'interrupted',
      `${path} is no database of Kymo, or its bytes are damaged: move it away, or open it with \`kymo check\`.`,
    )
  if (!(cause instanceof SqlError))
    return trackerError(
      'interrupted',
      `${path} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`,
    )
  switch (cause.primaryCode) {
    case FULL:
      return trackerError(
        'storage-full',
        `The disk of ${path} is full. What is logged waits in memory; free some space.`,
      )
    case BUSY:
      return trackerError(
        'owner-silent',
        `Another process keeps ${path} locked. What is logged waits in memory until it lets go.`,
      )
    case READONLY:
    case CANTOPEN:
      return trackerError(
        'storage-full',
        `${path} may not be opened and written. What is logged waits in memory; give this user the right to write it.`,
      )
    default:
      return trackerError('interrupted', `${path} could not be written: ${cause.message}`)
  }
}
