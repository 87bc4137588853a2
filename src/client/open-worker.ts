import { toTrackerProcess, type TrackerFactory } from './tracker-process.ts'

/** Bundlers find the worker by this exact expression; nothing else in `src/` knows its file. */
export function openOwnFile(): Worker {
  return new Worker(new URL('../../workers/tracker.worker.ts', import.meta.url), {
    type: 'module',
    name: 'kymo',
  })
}

/** The ways to start the tracker's worker, best first. The package has another one: see `open-packed-worker.ts`. */
export const WORKERS: readonly TrackerFactory[] = [() => toTrackerProcess(openOwnFile)]
