/**
 * Turns work into a request for it: one runs at a time, and however often it is asked for meanwhile, one more follows.
 *
 * So the last state is always read, and a burst of notices costs two reads.
 */
export function makeCoalesced(work: () => Promise<unknown>): () => void {
  let running = false
  let again = false

  async function run(): Promise<void> {
    running = true
    try {
      do {
        again = false
        await work()
      } while (again)
    } finally {
      running = false
    }
  }

  return () => {
    if (running) again = true
    else void run()
  }
}

/** Like `makeCoalesced`, and at least `pauseMs` pass between the end of one and the start of the next. */
export function makePaced(work: () => Promise<unknown>, pauseMs: number): () => void {
  return makeCoalesced(async () => {
    await work()
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  })
}

/** Work that waits for the end of a burst of requests. */
export interface Settled {
  request(): void
  /** Does at once what waits. */
  flush(): void
  /** Forgets what waits. */
  cancel(): void
}

/** Works at once at the first request, and again when a burst of more has been quiet for `quietMs`. */
export function makeSettled(work: () => void, quietMs: number): Settled {
  let timer: ReturnType<typeof setTimeout> | null = null
  let isWaiting = false

  function flush(): void {
    if (!isWaiting) return
    isWaiting = false
    work()
  }

  return {
    request() {
      isWaiting = true
      if (timer === null) flush()
      else clearTimeout(timer)
      timer = setTimeout(() => {
        timer = null
        flush()
      }, quietMs)
    },
    flush,
    cancel() {
      isWaiting = false
    },
  }
}
