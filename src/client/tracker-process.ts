import type { Endpoint } from 'comlink'
import type { WorkerLives } from '../protocol/version.ts'
import { onWorkerGone } from './liveness.ts'

/** One tracker worker, or whatever stands in for it: an endpoint that answers as a `TrackerApi`. */
export interface TrackerProcess {
  readonly endpoint: Endpoint
  terminate(): void
  /** Calls back once when it can answer no more. May be missing where that cannot happen. */
  onDeath?(listener: (reason: string) => void): void
}

export type TrackerFactory = () => TrackerProcess

/** Opens what takes the place of a worker that cannot be started, for the reason given. */
export type StandInFactory = (reason: string) => TrackerProcess

/** The tracker in a worker of its own. Errors: throws where workers do not exist or are not allowed. */
export function toTrackerProcess(worker: Worker): TrackerProcess {
  return {
    endpoint: worker,
    terminate: () => worker.terminate(),
    onDeath(listener) {
      worker.addEventListener('error', (event) => {
        listener(
          event.message === undefined || event.message === '' ? 'its script did not load' : event.message,
        )
      })
      // A worker that was ended, by the browser or a developer, says nothing; its lock does.
      worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (isWorkerLives(data)) onWorkerGone(data.workerId, () => listener('it was ended'))
      })
    },
  }
}

function isWorkerLives(message: unknown): message is WorkerLives {
  if (typeof message !== 'object' || message === null) return false
  const { type, workerId }: Partial<Record<keyof WorkerLives, unknown>> = message
  return type === 'lives' && typeof workerId === 'string'
}
