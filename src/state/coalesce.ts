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
