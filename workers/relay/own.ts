/** How long a worker without Web Locks waits for an owner to answer before it becomes one. */
const ELECTION_MS = 250

/** This worker's place in the queue for the database. */
export interface Seat {
  /** Waits for the lock again, after it was given back. No effect while waiting or holding. */
  queue(): void
  /** Takes the lock from whoever holds it. No effect in the holder, and where there are no locks. */
  take(): void
}

/**
 * Calls `become` when this worker may own the database, at once or after every owner before it is gone.
 *
 * The Web Lock is held until the worker ends, `become` answers false, or somebody takes it, which aborts `lost`: the
 * database is to be let go of at once then, and the worker is back in the queue. Where there are no Web Locks (a page
 * not served over https, or one whose site data the browser blocks) there is no OPFS either: then whoever hears no
 * owner within ELECTION_MS becomes one, over memory.
 */
export function awaitOwnership(
  ownerLock: string,
  become: (lost: AbortSignal) => Promise<boolean>,
  hasOwner: () => boolean,
): Seat {
  let isQueued = false
  let isHolding = false
  /** Settled unless the files are being opened: who lost the lock meanwhile has to notice before it tries again. */
  let becoming: Promise<unknown> = Promise.resolve()

  function elect(): void {
    setTimeout(() => {
      if (!hasOwner()) void become(new AbortController().signal)
    }, ELECTION_MS)
  }

  function request(options: LockOptions): void {
    const lost = new AbortController()
    let wasHeld = false
    navigator.locks
      .request(ownerLock, options, async () => {
        wasHeld = true
        isHolding = true
        if (options.steal !== true) isQueued = false
        await becoming
        const outcome = become(lost.signal)
        becoming = outcome.catch(ignore)
        if (await outcome) await untilThreadEnds()
        if (!lost.signal.aborted) isHolding = false
      })
      .catch((thrown: unknown) => {
        if (!wasHeld) return elect()
        isHolding = false
        if (!isTheft(thrown)) throw thrown
        lost.abort()
        queue()
      })
  }

  function queue(): void {
    if (isQueued || isHolding || navigator.locks === undefined) return
    isQueued = true
    request({ mode: 'exclusive' })
  }

  if (navigator.locks === undefined) elect()
  else queue()
  return {
    queue,
    take() {
      if (!isHolding && navigator.locks !== undefined) request({ steal: true })
    },
  }
}

/** What a lock that was taken from its holder rejects with. */
function isTheft(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'AbortError'
}

function untilThreadEnds(): Promise<never> {
  return new Promise<never>(() => undefined)
}

function ignore(): void {}
