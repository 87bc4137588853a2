/**
 * Takes a lock and keeps it until this page or worker is gone. Where there are none, or they are refused, nobody looks.
 * Calls back when it is held or will never be.
 */
export function holdForLife(name: string, onSettled: () => void = ignore): void {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks
  if (locks === undefined) return onSettled()
  const hold = (): Promise<never> => {
    onSettled()
    return new Promise<never>(ignore)
  }
  // Refused to pages without an origin of their own; what they log is stored all the same.
  locks.request(name, hold).catch(onSettled)
}

/** Calls back once nobody holds the lock; returns how to stop waiting. Where there are no locks nothing is ever heard. */
export function onLockFree(name: string, onFree: () => void): () => void {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks
  if (locks === undefined) return ignore
  const waiting = new AbortController()
  locks
    .request(name, { mode: 'shared', signal: waiting.signal }, onFree)
    // Stopped, or refused as it was to the one who should hold it.
    .catch(ignore)
  return () => waiting.abort()
}

function ignore(): void {}
