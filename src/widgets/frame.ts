/** Runs the work at the next animation frame, once however often it is asked for before. */
export function makeFrame(work: () => void): { request(): void; cancel(): void } {
  let handle: number | null = null
  return {
    request() {
      handle ??= requestAnimationFrame(() => {
        handle = null
        work()
      })
    },
    cancel() {
      if (handle !== null) cancelAnimationFrame(handle)
      handle = null
    },
  }
}
