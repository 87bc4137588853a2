import type { LogBatch } from '../src/model/log-batch.ts'
import type { TrackerApi } from '../src/protocol/tracker-api.ts'
import type { TrackerEvent } from '../src/protocol/tracker-event.ts'
import { NOTICE_CHANNEL } from '../src/protocol/version.ts'
import { openMemoryFiles } from './db/memory-files.ts'
import { openStoreFiles } from './db/open-files.ts'
import { loadEngine } from './db/sqlite.ts'
import type { StoreFiles } from './db/store-files.ts'
import { makeFileJobs } from './formats/index.ts'
import { watchRuns } from './relay/liveness.ts'
import { openService, type Service } from './service.ts'

/** Opens the store of this origin and serves it; for the one worker that owns it. */
export async function openOwnedService(): Promise<TrackerApi> {
  const notices = new BroadcastChannel(NOTICE_CHANNEL)
  const notify = (event: TrackerEvent): void => notices.postMessage(event)
  const service = await openOrRemember(await openStoreFiles(), notify)
  notify({ type: 'storageChanged' })
  const look = watchRuns(service)
  return {
    ...service,
    async ingest(batch) {
      const outcome = await service.ingest(batch)
      if (outcome.ok && maySetRunning(batch)) look()
      return outcome
    },
  }
}

/** Serves a store in memory, for a page that may not start workers. */
export async function openServiceInMemory(reason: string): Promise<TrackerApi> {
  const notices = new BroadcastChannel(NOTICE_CHANNEL)
  const files = openMemoryFiles(await loadEngine(), reason)
  return serve(files, (event) => notices.postMessage(event))
}

function serve(files: StoreFiles, notify: (event: TrackerEvent) => void): Promise<Service> {
  const fileJobs: Parameters<typeof openService>[0]['fileJobs'] = ({ databases, notices }) =>
    makeFileJobs(databases, notices)
  return openService({ files, notify, fileJobs })
}

/** A database that cannot be opened is left as it is; what is tracked meanwhile is kept in memory, and that is said. */
async function openOrRemember(files: StoreFiles, notify: (event: TrackerEvent) => void): Promise<Service> {
  try {
    return await serve(files, notify)
  } catch (cause) {
    files.release()
    const said = cause instanceof Error ? cause.message : String(cause)
    const reason = `The database on this device cannot be opened (${said}). It was left as it is; runs are kept in memory only.`
    return serve(openMemoryFiles(await loadEngine(), reason), notify)
  }
}

function maySetRunning(batch: LogBatch): boolean {
  return batch.changes.some(({ type }) => type === 'startRun' || type === 'resumeRun')
}
