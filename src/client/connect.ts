import { createConnection, type TrackerConnection } from './connection.ts'
import { keepOnDisk } from './disk-place.ts'
import { toldByPage } from './told-by-page.ts'
import { hostOfThread } from './host.ts'
import { onTrackerEvent } from './notices.ts'
import { WORKERS } from './open-worker.ts'
import { toTrackerInPage, type TrackerProcess } from './tracker-process.ts'

export type { TrackerConnection }

interface InPage {
  serveInPage(port: MessagePort, reason: string): Promise<void>
}

/** A glob of one file: the bundler follows it, while the types of the two worlds stay apart. */
async function loadInPage(): Promise<InPage> {
  for (const load of Object.values(import.meta.glob<InPage>('../../workers/in-page.ts'))) return load()
  throw new Error('workers/in-page.ts is missing from the build')
}

/** Where workers are not allowed, the tracker runs in the page, over memory; its code is loaded only then. */
function openInPage(reason: string): TrackerProcess {
  return toTrackerInPage(async (port) => (await loadInPage()).serveInPage(port, reason))
}

/** The tracker of the server that this page is from; its code is loaded only where a page says that there is one. */
function openRemote(path: string): TrackerProcess {
  return toTrackerInPage(async (port) => {
    const { serveRemote } = await import('./remote-tracker.ts')
    await serveRemote(port, new URL(path, location.origin).href)
  })
}

let connection: TrackerConnection | null = null

function openConnection(): TrackerConnection {
  // In Node there is no way to a store.
  if (hostOfThread() === 'node') return createConnection([], onTrackerEvent)
  const remote = toldByPage('kymo-remote')
  if (remote !== null) return createConnection([() => openRemote(remote)], onTrackerEvent)
  const opened = createConnection([...WORKERS, openInPage], onTrackerEvent)
  keepOnDisk(opened.api)
  return opened
}

/** The one connection of this page or worker; the worker itself starts with the first call. */
export function connectTracker(): TrackerConnection {
  connection ??= openConnection()
  return connection
}
