import { runLock, workerLock } from '../protocol/version.ts'

/** A lock that somebody else holds must not keep a run from being stored. */
const PATIENCE_MS = 1_000

/** The sign that a run is alive, visible to every page and worker of the origin. */
export interface RunLock {
  /** Resolves when the lock is held, or cannot be had for now. Never rejects. */
  readonly held: Promise<void>
  release(): void
}

function releaseNothing(): void {}

/** Takes the lock of a run and keeps it until released, or until this page or worker is gone. */
export function holdRunLock(runId: string): RunLock {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks
  if (locks === undefined) return { held: Promise.resolve(), release: releaseNothing }

  let release = releaseNothing
  const ended = new Promise<void>((resolve) => {
    release = resolve
  })
  const held = new Promise<void>((resolve) => {
    const patience = setTimeout(resolve, PATIENCE_MS)
    const proceed = () => {
      clearTimeout(patience)
      resolve()
    }
    locks
      .request(runLock(runId), () => {
        proceed()
        return ended
      })
      // Locks are refused to pages without an origin of their own; the run is then stored all the same.
      .catch(proceed)
  })
  return { held, release }
}

/** Calls back once a worker that held its lock is gone; never where there are no locks. */
export function onWorkerGone(workerId: string, onGone: () => void): void {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks
  if (locks === undefined) return
  // Where locks are refused a dead worker is found by the deadlines of its calls.
  locks.request(workerLock(workerId), { mode: 'shared' }, onGone).catch(() => undefined)
}
