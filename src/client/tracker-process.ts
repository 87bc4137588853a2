import type { Endpoint } from 'comlink'
import { workerLock } from '../protocol/version.ts'
import { onLockFree } from '../model/web-lock.ts'

/** One tracker worker, or whatever stands in for it: an endpoint that answers as a `WorkerApi`. */
export interface TrackerProcess {
  readonly endpoint: Endpoint
  terminate(): void
  /** Calls back once when it can answer no more. May be missing where that cannot happen. */
  onDeath?(listener: (reason: string) => void): void
  /**
   * Calls back when the worker of this id is gone, whatever the reason: a crash, out of memory, `close()`. Such a worker
   * reports no error, but it has to let go of its lock. Returns how to stop.
   */
  onGone?(workerId: string, listener: () => void): () => void
}

export type TrackerFactory = () => TrackerProcess

/** Opens what takes the place of a worker that cannot be started, for the reason given. */
export type StandInFactory = (reason: string) => TrackerProcess

/** The tracker in a worker of its own. Errors: throws where workers do not exist or are not allowed. */
export function toTrackerProcess(worker: Worker): TrackerProcess {
  return {
    endpoint: worker,
    terminate: () => worker.terminate(),
    onGone: (workerId, listener) => onLockFree(workerLock(workerId), listener),
    onDeath(listener) {
      worker.addEventListener('error', (event) => {
        listener(
          event.message === undefined || event.message === '' ? 'its script did not load' : event.message,
        )
      })
    },
  }
}
