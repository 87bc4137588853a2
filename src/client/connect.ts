import { createConnection, type TrackerConnection } from './connection.ts'
import { toTrackerProcess, type TrackerFactory, type TrackerProcess } from './tracker-process.ts'

export type { TrackerConnection, TrackerFactory, TrackerProcess }

/** Bundlers find the worker by this exact expression; nothing else in `src/` knows its file. */
function openWorker(): TrackerProcess {
  return toTrackerProcess(
    new Worker(new URL('../../workers/tracker.worker.ts', import.meta.url), { type: 'module', name: 'kymo' }),
  )
}

let factory: TrackerFactory = openWorker
let connection: TrackerConnection | null = null

/**
 * Replaces the worker by something else that answers the same calls, such as a tracker inside the page where workers
 * do not exist. Call it before the first `connectTracker`.
 */
export function setTrackerFactory(replacement: TrackerFactory): void {
  factory = replacement
}

/** The one connection of this page or worker; the worker itself starts with the first call. */
export function connectTracker(): TrackerConnection {
  connection ??= createConnection(() => factory())
  return connection
}
