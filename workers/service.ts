import type { LogBatch } from '../src/model/log-batch.ts'
import { nextTask } from '../src/model/next-task.ts'
import { err, ok } from '../src/model/result.ts'
import type { Result } from '../src/model/result.ts'
import type { RunId } from '../src/model/units.ts'
import type { DatabaseId } from '../src/protocol/database-id.ts'
import type { Outcome } from '../src/protocol/outcome.ts'
import type { ClientHello, IngestReceipt, StorageReport } from '../src/protocol/store-api.ts'
import type { TrackerApi } from '../src/protocol/tracker-api.ts'
import type { TrackerError } from '../src/protocol/tracker-error.ts'
import type { TrackerEvent } from '../src/protocol/tracker-event.ts'
import { OLDEST_INGEST_PROTOCOL, PROTOCOL_VERSION } from '../src/protocol/version.ts'
import { makeArtifactCalls } from './artifacts/artifact-calls.ts'
import type { Database } from './db/database.ts'
import type { Databases } from './db/databases.ts'
import { openDatabases } from './db/databases.ts'
import { isDamage } from './db/damage.ts'
import { checkTables } from './db/health.ts'
import { makeNotices } from './db/notices.ts'
import { condemnOwn, ownFileNames } from './db/own-file.ts'
import { databaseBytes } from './db/store-files.ts'
import type { StoreFiles } from './db/store-files.ts'
import { makeFileJobs } from './formats/index.ts'
import { makeJobs } from './formats/job.ts'
import { makeDamagedCalls, openRescue } from './formats/salvage/damaged-files.ts'
import type { Rescue } from './formats/salvage/rescue-api.ts'
import { closeDatabases } from './ingest/close.ts'
import { commit } from './ingest/commit.ts'
import { makeBatchWriter } from './ingest/batch-writer.ts'
import { markRunKilled, readRunningRuns } from './ingest/liveness.ts'
import type { RunningRun } from './ingest/liveness.ts'
import { makeBlobNamer } from './ingest/blob-namer.ts'
import { restore } from './ingest/restore.ts'
import { isForWantOfRoom } from './ingest/storage-room.ts'
import { countRemoved } from './read/experiments.ts'
import { readOpenedFile } from './read/opened-files.ts'
import { readRuns } from './read/runs.ts'
import { readSeries } from './read/series.ts'
import { loadWindowCode, loadWindows } from './read/window-code.ts'
import { makeAlertWatch } from './watch/alert-watch.ts'
import { makeReadCalls } from './read-calls.ts'
import { beingReplaced, storageFull, unknownDatabase, versionMismatch } from './service-errors.ts'
import { withCode } from './with-code.ts'

/** A dashboard that is open reads whenever points arrive; one that has not for this long is closed, hidden or elsewhere. */
const WATCHED_MS = 3_000

/** The tracker of one origin, and what its owner asks besides. */
export interface Service extends TrackerApi {
  /** Runs of the own database whose status is running, whether or not anyone still logs them. */
  runningRuns(): readonly RunningRun[]
  /** Marks a run killed at its last point; no effect unless it is running. */
  markKilled(runId: RunId): void
  /** Does now what is otherwise done when nothing was logged for a moment: finds equal arrays. */
  nameBlobs(): Promise<void>
  /** Commits what is in the log, closes every file and lets go of them. */
  close(): void
}

/** The first screen is drawn by then. */
const CHECK_AFTER_MS = 15_000

/** More damaged databases than this are no accident: the disk is at fault, or Kymo, and beginning anew helps neither. */
const MAX_DAMAGED = 4

/** Opens the databases of one origin, salvages what a damaged one left, and answers for them. See `makeService`. */
export async function openService(
  files: StoreFiles,
  notify: (event: TrackerEvent) => void,
  onDamaged: () => void = () => undefined,
): Promise<Service> {
  const databases = await openDatabases(files)
  return makeService(databases, notify, { rescue: await openRescue(databases), onDamaged })
}

interface Emergency {
  /** What is being salvaged into the own database; null when there is nothing. */
  readonly rescue: Rescue | null
  /** Called once when the own database proves damaged: the next opening begins a new one and salvages this one. */
  readonly onDamaged: () => void
}

const NO_EMERGENCY: Emergency = { rescue: null, onDamaged: () => undefined }

/** Answers for the databases of one origin; `notify` is told what happened, at most once a frame. */
export function makeService(
  databases: Databases,
  notify: (event: TrackerEvent) => void,
  { rescue, onDamaged }: Emergency = NO_EMERGENCY,
): Service {
  const { files } = databases
  const notices = makeNotices(notify)
  restore(databases.own)
  const jobs = makeJobs(notices, files.kind)
  const damagedCalls = makeDamagedCalls(databases, rescue, jobs, notices)
  const { readDamaged, ...userCalls } = damagedCalls
  let rescueUnderWay = rescue
  void rescue?.run(notices).finally(() => (rescueUnderWay = null))
  let isCondemned = false
  /** What opening had no time to look at. */
  const checking = setTimeout(() => void checkAll(), CHECK_AFTER_MS)
  const writer = makeBatchWriter(databases.own)
  const namer = makeBlobNamer(databases.own, writer.arraysSettled)
  namer.nameSoon()
  const watchAlerts = makeAlertWatch({
    database: databases.own,
    settled: writer.settled,
    ingest,
    onRaised: (alert) => notify({ type: 'alertRaised', ...alert }),
  })
  let full = false
  let lastReadAt = Number.NEGATIVE_INFINITY
  /** The last write that failed; several batches may fail with one commit. */
  let failure: { readonly cause: unknown; readonly isForWantOfRoom: Promise<boolean> } | null = null

  function setFull(isFull: boolean): void {
    if (full === isFull) return
    full = isFull
    notices.storageChanged()
  }

  /** Answers whether the own database is damaged, and has it replaced. */
  function condemn(cause: unknown): boolean {
    if (!isDamage(cause) || ownFileNames(files).length > MAX_DAMAGED) return false
    if (!isCondemned) {
      isCondemned = true
      void condemnOwn(files).then(onDamaged)
    }
    return true
  }

  async function checkAll(): Promise<void> {
    try {
      const tables = checkTables(databases.own.sql)
      while (tables.next().done !== true) await nextTask()
    } catch (cause) {
      condemn(cause)
    }
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
      await rescueUnderWay?.prepare(batch)
      result = await writer.write(batch, Date.now())
    } catch (cause) {
      if (condemn(cause)) return err(beingReplaced())
      if (!(await explain(cause))) throw cause
      setFull(true)
      own.log?.shrink()
      return err(storageFull(files))
    }
    if (!result.ok) return result
    const { sequence, wrote, changedRuns, grownRuns, arranged } = result.value
    if (wrote) setFull(false)
    notices.runsChanged(own.id, changedRuns)
    notices.seriesGrew(own.id, grownRuns)
    notices.arrangementChanged(own.id, arranged)
    if (batch.arrays !== undefined) namer.nameSoon()
    watchAlerts(grownRuns, arranged)
    return ok({ sequence, watched: Date.now() - lastReadAt < WATCHED_MS })
  }

  async function reading<T>(
    id: DatabaseId,
    read: (database: Database) => Result<T, TrackerError>,
    readsArrays = false,
  ): Outcome<T> {
    const database = await databases.find(id)
    if (database === undefined) return err(unknownDatabase(id))
    if (database === databases.own) {
      await writer.settled()
      // Where there is no room to move them those that wait are not shown yet.
      if (readsArrays) await writer.arraysSettled().catch(() => undefined)
    }
    try {
      return read(database)
    } catch (cause) {
      if (database === databases.own && condemn(cause)) return err(beingReplaced())
      throw cause
    }
  }

  async function readStorage(): Promise<Result<StorageReport, TrackerError>> {
    const opened = await databases.opened()
    const all = [databases.own, ...opened]
    return ok({
      kind: files.kind,
      reason: files.reason,
      databaseBytes: all.reduce((sum, database) => sum + databaseBytes(database.sql), 0),
      full,
      binRuns: countRemoved(databases.own),
      files: opened
        .flatMap((database) => readOpenedFile(database) ?? [])
        .toSorted((a, b) => a.openedAt - b.openedAt),
      damaged: readDamaged(),
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
    readRuns: ({ database: id, experimentId, filter = '' }) =>
      filter === ''
        ? reading(id, (database) => ok(readRuns(database, experimentId)))
        : withCode(loadRunQueries, ({ readMatchingRuns }) =>
            reading(id, (database) => readMatchingRuns(database, experimentId, filter)),
          ),
    readKeys: ({ database: id, experimentId }) =>
      withCode(loadRunQueries, ({ readKeys }) =>
        reading(id, (database) => ok(readKeys(database, experimentId))),
      ),
    queryRuns: (asked) =>
      withCode(loadRunQueries, ({ parseRunQuery, queryRuns }) => {
        const query = parseRunQuery(asked)
        if (!query.ok) return Promise.resolve(query)
        return reading(query.value.database, (database) => queryRuns(database, query.value))
      }),
    readCells: (asked) =>
      withCode(loadRunQueries, ({ parseCellsRequest, readCells }) => {
        const request = parseCellsRequest(asked)
        if (!request.ok) return Promise.resolve(request)
        return reading(request.value.database, (database) => ok(readCells(database, request.value)))
      }),
    readSeries(request) {
      // Where that fails, the first window says so.
      void loadWindows().catch(() => undefined)
      return reading(request.database, (database) => ok(readSeries(database, request)))
    },
    readWindows(request) {
      lastReadAt = Date.now()
      return withCode(
        () => loadWindowCode(request),
        ({ readWindows, code }) =>
          reading(request.database, (database) => ok(readWindows(database, request, code))),
      )
    },
    querySql: (request) =>
      withCode(loadSqlCalls, ({ querySql }) =>
        reading(request.database, (database) => querySql(database, request), true),
      ),
    copyDatabase: (id) =>
      withCode(loadSqlCalls, async ({ copyDatabase }) => {
        const found = await reading(id, (database) => ok(database), true)
        if (!found.ok) return found
        try {
          return await copyDatabase(found.value)
        } catch (cause) {
          if (found.value === databases.own && condemn(cause)) return err(beingReplaced())
          if (await isForWantOfRoom(cause, files.kind)) return err(storageFull(files))
          throw cause
        }
      }),
    readStorage,
    ...makeReadCalls(databases.own.id, reading),
    ...makeFileJobs(databases, jobs, notices),
    ...makeArtifactCalls(databases, jobs, notices),
    ...userCalls,
    runningRuns: () => readRunningRuns(databases.own),
    markKilled(runId) {
      const { own } = databases
      if (!markRunKilled(own, runId)) return
      // Nobody says it again, so it is not left to the next commit.
      commit(own, Date.now())
      notices.runsChanged(own.id, [runId])
    },
    nameBlobs: namer.nameNow,
    close() {
      namer.stop()
      notices.flush()
      clearTimeout(checking)
      rescueUnderWay?.stop()
      closeDatabases(databases)
    },
  }
}

const loadRunQueries = () => import('./read/query-runs.ts')
const loadSqlCalls = () => import('./console/sql-calls.ts')
