import { createConnection, type TrackerConnection } from './connection.ts'
import { onTrackerEvent } from './notices.ts'
import { toTrackerProcess, type TrackerProcess } from './tracker-process.ts'

export type { TrackerConnection }

/** Bundlers find the worker by this exact expression; nothing else in `src/` knows its file. */
function openWorker(): TrackerProcess {
  return toTrackerProcess(
    new Worker(new URL('../../workers/tracker.worker.ts', import.meta.url), { type: 'module', name: 'kymo' }),
  )
}

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
  const { port1, port2 } = new MessageChannel()
  void loadInPage().then(({ serveInPage }) => serveInPage(port2, reason))
  return { endpoint: port1, terminate: () => port1.close() }
}

let connection: TrackerConnection | null = null

/** The one connection of this page or worker; the worker itself starts with the first call. */
export function connectTracker(): TrackerConnection {
  connection ??= createConnection(openWorker, { standIn: openInPage, onTrackerEvent })
  return connection
}
