import type { RunId } from '../../src/model/units.ts'
import { onLockFree } from '../../src/model/web-lock.ts'

/** What liveness needs of the store that owns the runs. */
export interface RunningRuns {
  /** Runs whose status is running, whether or not anyone still logs them, and the lock that whoever does holds. */
  runningRuns(): readonly { readonly runId: RunId; readonly lock: string }[]
  /** Marks a run whose last logger stopped without saying so; no effect on one that is not running. */
  markKilled(runId: RunId, lock: string): void
}

/** Whoever starts a run asks for its lock before it says so; by now the browser has heard. A short run costs no look at all. */
const LOOK_AFTER_MS = 1_000

/**
 * Makes statuses true: whoever logs a run holds its lock, so a running run whose lock is free has died. The lock is
 * queued for, not polled, so the death is noticed in the moment it happens.
 *
 * Answers how to look again, which is due after every batch that may have started or resumed a run.
 */
export function watchRunDeaths({ runningRuns, markKilled }: RunningRuns): () => void {
  const watched = new Set<string>()

  function look(): void {
    for (const name of new Set(runningRuns().map(({ lock }) => lock))) {
      if (watched.has(name)) continue
      watched.add(name)
      onLockFree(name, () => {
        watched.delete(name)
        for (const { runId, lock } of runningRuns()) if (lock === name) markKilled(runId, lock)
      })
    }
  }

  look()
  let timer: ReturnType<typeof setTimeout> | undefined
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined
      look()
    }, LOOK_AFTER_MS)
  }
}
