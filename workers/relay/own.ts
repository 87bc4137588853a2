import { makeDeferred } from './deferred.ts'

/** How long a worker without Web Locks waits for an owner to answer before it becomes one. */
const ELECTION_MS = 250

/**
 * Calls `become` when this worker owns the database, at once or after every owner before it is gone.
 *
 * The Web Lock is held until the worker ends. Where there are no Web Locks (a page not served over https, or one whose
 * site data the browser blocks) there is no OPFS either: then whoever hears no owner within ELECTION_MS becomes one,
 * over memory.
 */
export function awaitOwnership(
  ownerLock: string,
  become: () => Promise<void>,
  hasOwner: () => boolean,
): void {
  const elect = (): void => {
    setTimeout(() => {
      if (!hasOwner()) void become()
    }, ELECTION_MS)
  }
  requestLock(ownerLock, 'exclusive', elect, async () => {
    await become()
    await untilThreadEnds()
  })
}

/** Calls `onGone` once whoever holds the lock lets go of it, dead or alive; at once if nobody does. */
export function onLockFree(name: string, onGone: () => void): void {
  requestLock(name, 'shared', ignore, async () => onGone())
}

/** Holds a lock until this worker ends; resolves at once where there are none. */
export function holdLock(name: string): Promise<void> {
  const { promise, resolve } = makeDeferred<void>()
  requestLock(name, 'exclusive', resolve, () => {
    resolve()
    return untilThreadEnds()
  })
  return promise
}

/** Errors: what `hold` throws is thrown as it is; only the lock itself may be refused. */
function requestLock(name: string, mode: LockMode, onRefused: () => void, hold: () => Promise<void>): void {
  if (navigator.locks === undefined) {
    onRefused()
    return
  }
  let isHeld = false
  navigator.locks
    .request(name, { mode }, () => {
      isHeld = true
      return hold()
    })
    .catch((thrown: unknown) => {
      if (isHeld) throw thrown
      onRefused()
    })
}

function untilThreadEnds(): Promise<never> {
  return new Promise<never>(() => undefined)
}

function ignore(): void {}
