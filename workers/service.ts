import { letExit, nextTask } from '../src/model/event-loop.ts'
import type { RunId } from '../src/model/units.ts'
import type { TrackerApi } from '../src/protocol/tracker-api.ts'
import type { TrackerEvent } from '../src/protocol/tracker-event.ts'
import { answerArtifacts } from './answers/artifacts.ts'
import { makeBackground } from './answers/background.ts'
import { answerCharts } from './answers/charts.ts'
import { makeCondemn } from './answers/condemn.ts'
import { answerDisk } from './answers/disk.ts'
import { answerFiles } from './answers/files.ts'
import { makeIntake } from './answers/intake.ts'
import { answerMedia } from './answers/media.ts'
import { makeReadings } from './answers/reading.ts'
import { answerRuns } from './answers/runs.ts'
import { answerSql } from './answers/sql.ts'
import { answerStore } from './answers/store.ts'
import type { Databases } from './db/databases.ts'
import { openDatabases } from './db/databases.ts'
import { checkTables } from './db/health.ts'
import { makeNotices } from './db/notices.ts'
import { isShared } from './db/sql.ts'
import type { StoreFiles } from './db/store-files.ts'
import { openRescue } from './formats/salvage/open-rescue.ts'
import type { Rescue } from './formats/salvage/rescue-api.ts'
import { makeBatchWriter } from './ingest/batch-writer.ts'
import { makeBlobNamer } from './ingest/blob-namer.ts'
import { closeDatabases } from './ingest/close.ts'
import { commit } from './ingest/commit.ts'
import { markRunKilled, readRunningRuns } from './ingest/running-runs.ts'
import type { RunningRun } from './ingest/running-runs.ts'
import { restore } from './ingest/restore.ts'
import { makeJobs } from './jobs/job.ts'
import { loadCode } from './jobs/load-code.ts'
import { makeAlertWatch } from './watch/alert-watch.ts'

/** A dashboard that is open reads whenever points arrive; one that has not for this long is closed, hidden or elsewhere. */
const WATCHED_MS = 3_000

/** The tracker of one origin, and what its owner asks besides. */
export interface Service extends TrackerApi {
  /** Runs of the own database whose status is running, whether or not anyone still logs them. */
  runningRuns(): readonly RunningRun[]
  /** Marks a run killed at its last point; no effect unless it is running. */
  markKilled(runId: RunId, lock?: string): void
  /** Does now what is otherwise done when nothing was logged for a moment: finds equal arrays. */
  nameBlobs(): Promise<void>
  /** Commits what is in the log, closes every file and lets go of them. */
  close(): void
}

/** The first screen is drawn by then. */
const CHECK_AFTER_MS = 15_000

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
  const { own } = databases
  const notices = makeNotices((event) => {
    notify(event)
    hear(event)
  })
  restore(own)
  let rescueUnderWay = rescue
  const condemn = makeCondemn(databases, onDamaged)
  const inBackground = makeBackground(databases, condemn)
  if (rescue !== null) void inBackground(rescue.run(notices).finally(() => (rescueUnderWay = null)))
  const jobs = makeJobs(databases, notices, condemn)
  /** What opening had no time to look at. */
  const checking = setTimeout(() => void inBackground(checkAll()), CHECK_AFTER_MS)
  letExit(checking)
  const writer = makeBatchWriter(own, inBackground)
  const namer = makeBlobNamer(nameBlobs, inBackground)
  namer.nameSoon()
  let lastReadAt = Number.NEGATIVE_INFINITY
  const intake = makeIntake({
    databases,
    writer,
    condemn,
    notices,
    prepare: (batch) => rescueUnderWay?.prepare(batch),
    onWritten(batch, { changedRuns, grownRuns, arranged }) {
      notices.runsChanged(own.id, changedRuns)
      notices.seriesGrew(own.id, grownRuns)
      notices.arrangementChanged(own.id, arranged)
      if (batch.arrays !== undefined) namer.nameSoon()
      watchAlerts(grownRuns, arranged)
    },
    isWatched: () => Date.now() - lastReadAt < WATCHED_MS,
  })
  const watchAlerts = makeAlertWatch(
    {
      database: own,
      settled: writer.settled,
      ingest: intake.ingest,
      onRaised: (alert) => notify({ type: 'alertRaised', ...alert }),
    },
    inBackground,
  )
  const readings = makeReadings(databases, writer, condemn)
  const { hear, stopKeeping, ...answersOfDisk } = answerDisk(databases, readings, jobs, notices)

  async function nameBlobs(): Promise<void> {
    await writer.arraysSettled()
    const names = await loadCode(() => import('./ingest/name-blobs.ts'))
    await names.nameBlobs(own)
  }

  async function checkAll(): Promise<void> {
    // `kymo check` is for those.
    if (isShared(own.sql)) return
    const tables = checkTables(own.sql)
    while (tables.next().done !== true) await nextTask()
  }

  return {
    ...answerStore(databases, intake, rescue, jobs, notices),
    ...answerRuns(own, readings, jobs, notices),
    ...answerCharts(readings, () => (lastReadAt = Date.now())),
    ...answerMedia(readings),
    ...answerArtifacts(databases, readings, jobs, notices, condemn),
    ...answerFiles(databases, jobs, notices),
    ...answersOfDisk,
    ...answerSql(databases, readings, condemn),
    runningRuns: () => readRunningRuns(own),
    markKilled(runId, lock) {
      if (!markRunKilled(own, runId, lock)) return
      // Nobody says it again, so it is not left to the next commit.
      commit(own, Date.now())
      notices.runsChanged(own.id, [runId])
    },
    nameBlobs: namer.nameNow,
    close() {
      namer.stop()
      stopKeeping()
      notices.flush()
      clearTimeout(checking)
      rescueUnderWay?.stop()
      closeDatabases(databases)
    },
  }
}
