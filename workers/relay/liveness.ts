import type { RunId } from '../../src/model/units.ts'
import { runLock } from '../../src/protocol/version.ts'
import { onLockFree } from './own.ts'

/** What liveness needs of the store that owns the runs. */
export interface RunningRuns {
  /** Runs whose status is running, whether or not anyone still logs them. */
  runningRuns(): readonly RunId[]
  /** Marks a run that stopped without saying so; no effect on one that is not running. */
  markKilled(runId: RunId): void
}

/**
 * Makes statuses true: whoever logs a run holds its lock, so a running run whose lock is free has died. The lock is
 * queued for, not polled, so the death is noticed in the moment it happens.
 *
 * Answers how to look again, which is cheap and due after every batch that may have started or resumed a run.
 */
export function watchRuns(store: RunningRuns): () => void {
  const watched = new Set<RunId>()
  const look = (): void => {
    for (const runId of store.runningRuns()) {
      if (watched.has(runId)) continue
      watched.add(runId)
      onLockFree(runLock(runId), () => {
        watched.delete(runId)
        store.markKilled(runId)
      })
    }
  }
  look()
  return look
}
