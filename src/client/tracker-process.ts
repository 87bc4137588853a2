import type { Endpoint } from 'comlink'
import { onLockFree } from '../model/web-lock.ts'
import { workerLock } from '../protocol/version.ts'
import { watchPolicy } from './page-policy.ts'

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

/** A policy tells what it forbade in an event of its own, which may come after the failure. */
const POLICY_SPEAKS_WITHIN_MS = 50

/** Such a thread stores nothing itself either: files are written from dedicated workers only. */
const NO_WORKERS = 'this thread may start no workers, as a SharedWorker: train in a page or in a Worker'

/**
 * The tracker in a worker of its own, which may be on its way still. It serves the port of its first message.
 *
 * Where workers do not exist or are not allowed, that is its death.
 */
export function toTrackerProcess(open: () => Worker | Promise<Worker>): TrackerProcess {
  const policy = watchPolicy()
  return openProcess(async (port, die) => {
    const fail = async (said: string): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, POLICY_SPEAKS_WITHIN_MS))
      policy.stop()
      die((await policy.forbidden()) ?? said)
    }
    try {
      if (typeof Worker === 'undefined') throw new Error(NO_WORKERS)
      const worker = await open()
      worker.addEventListener('error', ({ message }) => {
        void fail(message === undefined || message === '' ? 'its script did not load' : message)
      })
      worker.postMessage(null, [port])
      return () => {
        policy.stop()
        worker.terminate()
      }
    } catch (thrown) {
      await fail(wordsOf(thrown))
      return undefined
    }
  })
}

/** The tracker inside this thread. That its code does not load is its death. */
export function toTrackerInPage(serve: (port: MessagePort) => Promise<void>): TrackerProcess {
  return openProcess(async (port, die) => {
    try {
      await serve(port)
    } catch (thrown) {
      die(wordsOf(thrown))
    }
    return undefined
  })
}

/** Starts something that serves a port, and answers how to end it. */
function openProcess(
  start: (port: MessagePort, die: (reason: string) => void) => Promise<(() => void) | undefined>,
): TrackerProcess {
  const { port1, port2 } = new MessageChannel()
  let isOver = false
  let hear: ((reason: string) => void) | undefined
  let end: (() => void) | undefined
  const starting = start(port2, (reason) => hear?.(reason)).then((stop) => {
    end = stop
    if (isOver) end?.()
  })
  void starting
  return {
    endpoint: port1,
    terminate() {
      isOver = true
      port1.close()
      end?.()
    },
    onDeath(listener) {
      hear = listener
    },
    onGone: (workerId, listener) => onLockFree(workerLock(workerId), listener),
  }
}

function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
