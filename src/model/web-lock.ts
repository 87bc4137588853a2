/**
 * Takes a lock and keeps it until this page or worker is gone. Where there are none, or they are refused, nobody looks.
 * Calls back when it is held or will never be.
 */
export function holdForLife(name: string, onSettled: () => void = ignore): void {
  request(name, {}, onSettled, () => {
    onSettled()
    return new Promise<never>(ignore)
  })
}

/** Calls back once nobody holds the lock; returns how to stop waiting. Where there are no locks nothing is ever heard. */
export function onLockFree(name: string, onFree: () => void): () => void {
  const waiting = new AbortController()
  request(name, { mode: 'shared', signal: waiting.signal }, ignore, async () => onFree())
  return () => waiting.abort()
}

/** Errors: what `hold` throws is thrown as it is; only the lock itself may be refused, or no longer be waited for. */
function request(name: string, options: LockOptions, onRefused: () => void, hold: () => Promise<void>): void {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks
  if (locks === undefined) return onRefused()
  let isHeld = false
  locks
    .request(name, options, () => {
      isHeld = true
      return hold()
    })
    // Refused to pages without an origin of their own; what they log is stored all the same.
    .catch((thrown: unknown) => {
      if (isHeld) throw thrown
      onRefused()
    })
}

function ignore(): void {}
