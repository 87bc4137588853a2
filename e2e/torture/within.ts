export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Waits for what may never come: a dead tab does not answer. Errors: throws what was awaited when the time is over. */
export async function within<T>(ms: number, what: string, awaited: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not happen within ${ms} ms`)), ms)
  })
  // What comes later is nobody's any more.
  awaited.catch(() => undefined)
  try {
    return await Promise.race([awaited, over])
  } finally {
    clearTimeout(timer)
  }
}
