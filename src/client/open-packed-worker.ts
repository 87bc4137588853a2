import { openFromText } from './worker-text.ts'
import { openOwnFile } from './open-worker.ts'
import { toTrackerProcess, type TrackerFactory } from './tracker-process.ts'

/**
 * Takes the place of `open-worker.ts` in the package, where nobody knows which bundler copies what: the worker is a text
 * of the library itself, so that it starts without any setting, from another origin and under COEP too. Where a policy
 * allows no `blob:` its own file is tried.
 */
export const WORKERS: readonly TrackerFactory[] = [
  () => toTrackerProcess(async () => openFromText((await import('kymo:text/tracker')).default, 'kymo')),
  () => toTrackerProcess(openOwnFile),
]
