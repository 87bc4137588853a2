import type { LogBatch } from '../src/model/log-batch.ts'
import { createId } from '../src/model/units.ts'
import type { TrackerApi } from '../src/protocol/tracker-api.ts'
import type { TrackerEvent } from '../src/protocol/tracker-event.ts'
import { NOTICE_CHANNEL, PAGES_MEETING } from '../src/protocol/version.ts'
import { openDatabases } from './db/databases.ts'
import { openMemoryFiles } from './db/memory-files.ts'
import { openStoreFiles } from './db/open-files.ts'
import { loadEngine } from './db/sqlite.ts'
import type { StoreFiles } from './db/store-files.ts'
import { watchRuns } from './relay/liveness.ts'
import { joinOwner } from './relay/relay.ts'
import { addPointsTable } from './read/points-table.ts'
import { makeService, type Service } from './service.ts'

type Notify = (event: TrackerEvent) => void

/** Opens the store of this origin and serves it; for the one worker that owns it. */
export function openOwnedService(): Promise<TrackerApi> {
  return own(async (notify) => openOrRemember(await openStoreFiles(), notify))
}

/**
 * Serves a store in memory, for pages that may not start workers. The first of them owns it and the others reach it, so
 * that a dashboard beside a training shows what it logs.
 */
export function joinOwnerInMemory(reason: string): TrackerApi {
  const openInMemory = (): Promise<TrackerApi> =>
    own(async (notify) => open(openMemoryFiles(await loadEngine(), reason), notify))
  return joinOwner(createId(), openInMemory, { meeting: PAGES_MEETING })
}

/** Announces the service, watches its runs, and leaves out of it what only the owner may do. */
async function own(openService: (notify: Notify) => Promise<Service>): Promise<TrackerApi> {
  const notices = new BroadcastChannel(NOTICE_CHANNEL)
  const notify: Notify = (event) => notices.postMessage(event)
  const { runningRuns, markKilled, close: _close, ...api } = await openService(notify)
  notify({ type: 'storageChanged' })
  const look = watchRuns({ runningRuns, markKilled })
  return {
    ...api,
    async ingest(batch) {
      const outcome = await api.ingest(batch)
      if (outcome.ok && maySetRunning(batch)) look()
      return outcome
    },
  }
}

async function open(files: StoreFiles, notify: Notify): Promise<Service> {
  return makeService(await openDatabases(files, addPointsTable), notify)
}

/** A database that cannot be opened is left as it is; what is tracked meanwhile is kept in memory, and that is said. */
async function openOrRemember(files: StoreFiles, notify: Notify): Promise<Service> {
  try {
    return await open(files, notify)
  } catch (cause) {
    files.release()
    const said = cause instanceof Error ? cause.message : String(cause)
    const reason = `The database on this device cannot be opened (${said}). It was left as it is; runs are kept in memory only.`
    return open(openMemoryFiles(await loadEngine(), reason), notify)
  }
}

function maySetRunning(batch: LogBatch): boolean {
  return batch.changes.some(({ type }) => type === 'startRun' || type === 'resumeRun')
}
