import type { LogBatch } from '../src/model/log-batch.ts'
import { createId } from '../src/model/units.ts'
import type { StorageKind } from '../src/protocol/store-api.ts'
import type { TrackerEvent } from '../src/protocol/tracker-event.ts'
import { NOTICE_CHANNEL, PAGES_MEETING, PROTOCOL_VERSION, type KymoVersion } from '../src/protocol/version.ts'
import type { WorkerApi } from '../src/protocol/worker-api.ts'
import { NewerSchemaError, SCHEMA_VERSION } from './db/migrate.ts'
import { openStoreFiles } from './db/open-files.ts'
import { loadEngine } from './db/sqlite.ts'
import type { StoreFiles } from './db/store-files.ts'
import { watchRunDeaths } from './relay/run-deaths.ts'
import { giveBuffersBack } from './relay/give-back.ts'
import { joinOwner, type OwnedService } from './relay/relay.ts'
import { openService, type Service } from './service.ts'

type Notify = (event: TrackerEvent) => void

interface Opened {
  readonly service: Service
  readonly storage: StorageKind
}

const VERSION: KymoVersion = { schema: SCHEMA_VERSION, protocol: PROTOCOL_VERSION }

/** Joins the workers of this origin; the one that owns the store opens it here. */
export function joinStore(): WorkerApi {
  const notify = openNotices()
  return giveBuffersBack(
    joinOwner({
      ownId: createId(),
      version: VERSION,
      notify,
      // A third of a takeover is compiling the engine.
      standBy: () => void loadEngine(),
      async open(lost, onBlocked) {
        try {
          return own(await openOrRemember(await openStoreFiles({ lost, onBlocked }), notify), lost, notify)
        } catch (cause) {
          if (lost.aborted) return 'lost'
          if (cause instanceof NewerSchemaError) return 'outdated'
          throw cause
        }
      },
    }),
  )
}

/**
 * Serves a store in memory, for pages that may not start workers. The first of them owns it and the others reach it, so
 * that a dashboard beside a training shows what it logs.
 */
export function joinStoreInMemory(reason: string): WorkerApi {
  const notify = openNotices()
  return giveBuffersBack(
    joinOwner({
      ownId: createId(),
      version: VERSION,
      notify,
      meeting: PAGES_MEETING,
      async open(lost) {
        return own(await open(await memoryFiles(reason), notify), lost, notify)
      },
    }),
  )
}

function openNotices(): Notify {
  const channel = new BroadcastChannel(NOTICE_CHANNEL)
  return (event) => channel.postMessage(event)
}

/** Announces the service, watches its runs, and leaves out of it what only the owner may do. */
function own({ service, storage }: Opened, lost: AbortSignal, notify: Notify): OwnedService | 'lost' {
  const { runningRuns, markKilled, close, ...api } = service
  let isOpen = true
  if (lost.aborted) {
    closeOrEnd(close)
    return 'lost'
  }
  notify({ type: 'storageChanged' })
  const look = watchRunDeaths({
    runningRuns: () => (isOpen ? runningRuns() : []),
    markKilled(runId, lock) {
      if (isOpen) markKilled(runId, lock)
    },
  })
  return {
    storage,
    api: {
      ...api,
      async ingest(batch) {
        // Sent before the database was let go of: the next owner is asked again.
        if (!isOpen) return new Promise(() => undefined)
        const outcome = await api.ingest(batch)
        if (outcome.ok && isOpen && maySetRunning(batch)) look()
        return outcome
      },
    },
    close() {
      isOpen = false
      closeOrEnd(close)
    },
  }
}

/** A long job under way may keep the files open; they are let go of all the same, with the thread, which its page replaces. */
function closeOrEnd(close: () => void): void {
  try {
    close()
  } catch (cause) {
    globalThis.close()
    throw cause
  }
}

async function open(files: StoreFiles, notify: Notify): Promise<Opened> {
  const service = await openService(files, notify, () => {
    // Whoever owns the database next opens a new one and salvages this one; what was acknowledged is in the log.
    files.release()
    globalThis.close()
  })
  return { service, storage: files.kind }
}

/**
 * A database that cannot be opened is left as it is; what is tracked meanwhile is kept in memory, and that is said.
 *
 * Errors: throws NewerSchemaError for one that a newer Kymo opens: that is waited for.
 */
async function openOrRemember(files: StoreFiles, notify: Notify): Promise<Opened> {
  try {
    return await open(files, notify)
  } catch (cause) {
    files.release()
    if (cause instanceof NewerSchemaError) throw cause
    const said = cause instanceof Error ? cause.message : String(cause)
    const reason = `The database on this device cannot be opened (${said}). It was left as it is; runs are kept in memory only.`
    return open(await memoryFiles(reason), notify)
  }
}

async function memoryFiles(reason: string): Promise<StoreFiles> {
  const { openMemoryFiles } = await import('./db/memory-files.ts')
  return openMemoryFiles(await loadEngine(), reason)
}

function maySetRunning(batch: LogBatch): boolean {
  return batch.changes.some(({ type }) => type === 'startRun' || type === 'resumeRun')
}
