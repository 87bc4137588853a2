import type { LogBatch } from '../src/model/log-batch.ts'
import { err, ok } from '../src/model/result.ts'
import type { Result } from '../src/model/result.ts'
import type { RunId } from '../src/model/units.ts'
import type {
  ClientHello,
  DatabaseId,
  IngestReceipt,
  Outcome,
  StorageReport,
  TrackerApi,
} from '../src/protocol/tracker-api.ts'
import { trackerError } from '../src/protocol/tracker-error.ts'
import type { TrackerError } from '../src/protocol/tracker-error.ts'
import type { TrackerEvent } from '../src/protocol/tracker-event.ts'
import { OLDEST_INGEST_PROTOCOL, PROTOCOL_VERSION } from '../src/protocol/version.ts'
import type { Database } from './db/database.ts'
import type { Databases } from './db/databases.ts'
import { makeNotices } from './db/notices.ts'
import { databaseBytes } from './db/store-files.ts'
import type { StoreFiles } from './db/store-files.ts'
import { makeFileJobs } from './formats/index.ts'
import { closeDatabases } from './ingest/close.ts'
import { makeBatchWriter } from './ingest/batch-writer.ts'
import { markRunKilled, readRunningRuns } from './ingest/liveness.ts'
import { restore } from './ingest/restore.ts'
import { isForWantOfRoom } from './ingest/storage-room.ts'
import { readArrayBytes, readArrays } from './read/arrays.ts'
import { readExperiments } from './read/experiments.ts'
import { readOpenedFile } from './read/opened-files.ts'
import { readRun } from './read/run-detail.ts'
import { parseRunQuery } from './read/parse-run-query.ts'
import { queryRuns } from './read/run-query.ts'
import { readRuns } from './read/runs.ts'
import { readSeries } from './read/series.ts'
import { readWindows } from './read/windows.ts'

/** A dashboard that is open reads whenever points arrive; one that has not for this long is closed, hidden or elsewhere. */
const WATCHED_MS = 3_000

/** The tracker of one origin, and what its owner asks besides. */
export interface Service extends TrackerApi {
  /** Runs of the own database whose status is running, whether or not anyone still logs them. */
  runningRuns(): readonly RunId[]
  /** Marks a run killed at its last point; no effect unless it is running. */
  markKilled(runId: RunId): void
  /** Commits what is in the log, closes every file and lets go of them. */
  close(): void
}

/** Answers for the databases of one origin; `notify` is told what happened, at most once a frame. */
export function makeService(databases: Databases, notify: (event: TrackerEvent) => void): Service {
  const { files } = databases
  const notices = makeNotices(notify)
  restore(databases.own)
  const writer = makeBatchWriter(databases.own)
  let full = false
  let lastReadAt = Number.NEGATIVE_INFINITY
  /** The last write that failed; several batches may fail with one commit. */
  let failure: { readonly cause: unknown; readonly isForWantOfRoom: Promise<boolean> } | null = null

  function setFull(isFull: boolean): void {
    if (full === isFull) return
    full = isFull
    notices.storageChanged()
  }

  function explain(cause: unknown): Promise<boolean> {
    if (failure === null || failure.cause !== cause) {
      failure = { cause, isForWantOfRoom: isForWantOfRoom(cause, files.kind) }
    }
    return failure.isForWantOfRoom
  }

  async function ingest(batch: LogBatch): Promise<Result<IngestReceipt, TrackerError>> {
    const { own } = databases
    // What was sent after a write that failed must not be looked at before that is explained.
    await failure?.isForWantOfRoom.catch(() => undefined)
    let result
    try {
      result = await writer.write(batch, Date.now())
    } catch (cause) {
      if (!(await explain(cause))) throw cause
      setFull(true)
      return err(storageFull(files))
    }
    if (!result.ok) return result
    const { sequence, wrote, changedRuns, grownRuns } = result.value
    if (wrote) setFull(false)
    notices.runsChanged(own.id, changedRuns)
    notices.seriesGrew(own.id, grownRuns)
    return ok({ sequence, watched: Date.now() - lastReadAt < WATCHED_MS })
  }

  async function reading<T>(
    id: DatabaseId,
    read: (database: Database) => Result<T, TrackerError>,
  ): Outcome<T> {
    const database = await databases.find(id)
    return database === undefined ? err(unknownDatabase(id)) : read(database)
  }

  async function readStorage(): Promise<Result<StorageReport, TrackerError>> {
    const opened = await databases.opened()
    const all = [databases.own, ...opened]
    return ok({
      kind: files.kind,
      reason: files.reason,
      databaseBytes: all.reduce((sum, database) => sum + databaseBytes(database.sql), 0),
      full,
      files: opened
        .flatMap((database) => readOpenedFile(database) ?? [])
        .toSorted((a, b) => a.openedAt - b.openedAt),
    })
  }

  return {
    hello: ({ protocolVersion }: ClientHello) =>
      Promise.resolve(
        // An older client may log; its own worker keeps it from reading what it would misread.
        protocolVersion >= OLDEST_INGEST_PROTOCOL && protocolVersion <= PROTOCOL_VERSION
          ? ok({ protocolVersion: PROTOCOL_VERSION, storage: files.kind })
          : err(versionMismatch(protocolVersion)),
      ),
    ingest,
    readExperiments: (id) => reading(id, (database) => ok(readExperiments(database))),
    readRuns: ({ database: id, experimentId }) =>
      reading(id, (database) => ok(readRuns(database, experimentId))),
    queryRuns: (asked) => {
      const query = parseRunQuery(asked)
      if (!query.ok) return Promise.resolve(query)
      return reading(query.value.database, (database) => ok(queryRuns(database, query.value)))
    },
    readSeries: (request) => reading(request.database, (database) => ok(readSeries(database, request))),
    readRun: ({ database: id, runId }) =>
      reading(id, (database) => {
        const detail = readRun(database, runId)
        return detail === undefined ? err(unknownRun(runId)) : ok(detail)
      }),
    readWindows: (request) => {
      lastReadAt = Date.now()
      return reading(request.database, (database) => ok(readWindows(database, request)))
    },
    readArrays: (request) => reading(request.database, (database) => ok(readArrays(database, request))),
    readArrayBytes: (request) =>
      reading(request.database, (database) => {
        const bytes = readArrayBytes(database, request)
        return bytes === undefined ? err(unknownArray()) : ok(bytes)
      }),
    readStorage,
    ...makeFileJobs(databases, notices),
    runningRuns: () => readRunningRuns(databases.own),
    markKilled(runId) {
      if (markRunKilled(databases.own, runId)) notices.runsChanged(databases.own.id, [runId])
    },
    close() {
      notices.flush()
      closeDatabases(databases)
    },
  }
}

function versionMismatch(protocolVersion: number): TrackerError {
  const isOlder = protocolVersion < PROTOCOL_VERSION
  return trackerError(
    'version-mismatch',
    isOlder
      ? `This page is older than the Kymo that owns the database (protocol ${protocolVersion}, the owner speaks ${PROTOCOL_VERSION}). Reload this page.`
      : `Another tab with an older Kymo owns the database (it speaks protocol ${PROTOCOL_VERSION}, this page ${protocolVersion}). Reload the other tabs.`,
  )
}

function storageFull(files: StoreFiles): TrackerError {
  return trackerError(
    'storage-full',
    files.kind === 'opfs'
      ? 'The browser has no more room for this site, so the last values are not written yet. Close opened files or free disk space; logging goes on by itself when there is room.'
      : 'The memory database is full, so the last values are not kept yet. Export your runs and close opened files.',
  )
}

function unknownDatabase(id: DatabaseId): TrackerError {
  return trackerError('unknown-database', `The file ${id} is not open here any more. Open it again.`)
}

function unknownRun(runId: RunId): TrackerError {
  return trackerError('unknown-run', `There is no run ${runId} here; it may have been removed.`)
}

function unknownArray(): TrackerError {
  return trackerError('unknown-array', 'This array is not here any more; its run may have been removed.')
}
