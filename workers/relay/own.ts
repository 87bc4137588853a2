import { makeDeferred } from './deferred.ts'

/** How long a worker without Web Locks waits for an owner to answer before it becomes one. */
const ELECTION_MS = 250

/**
 * Calls `become` when this worker owns the database, at once or after every owner before it is gone.
 *
 * The Web Lock is held until the worker ends. Where there are no Web Locks (a page not served over https) there is no
 * OPFS either: then whoever hears no owner within ELECTION_MS becomes one, over memory.
 */
export function awaitOwnership(
  ownerLock: string,
  become: () => Promise<void>,
  hasOwner: () => boolean,
): void {
  if (navigator.locks === undefined) {
    setTimeout(() => {
      if (!hasOwner()) void become()
    }, ELECTION_MS)
    return
  }
  void navigator.locks.request(ownerLock, async () => {
    await become()
    await new Promise<never>(() => undefined)
  })
}

/** Calls `onGone` once whoever holds the lock lets go of it, dead or alive; at once if nobody does. */
export function onLockFree(name: string, onGone: () => void): void {
  if (navigator.locks === undefined) return
  void navigator.locks.request(name, { mode: 'shared' }, onGone)
}

/** Holds a lock until this worker ends. */
export function holdLock(name: string): Promise<void> {
  if (navigator.locks === undefined) return Promise.resolve()
  const { promise, resolve } = makeDeferred<void>()
  void navigator.locks.request(name, async () => {
    resolve()
    await new Promise<never>(() => undefined)
  })
  return promise
}
