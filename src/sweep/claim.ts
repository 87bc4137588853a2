/** The page before a reload lets go of its locks a moment after the next one has begun. */
const CLAIM_DEADLINE_MS = 5_000

/** Takes a sweep for this thread, so that no other tab goes on with it at the same time; null when one has it. */
export function claimSweep(name: string): Promise<(() => void) | null> {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks
  if (locks === undefined) return Promise.resolve(() => {})
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(CLAIM_DEADLINE_MS)
    locks
      .request(name, { signal }, () => new Promise<void>((release) => resolve(release)))
      .catch(() => resolve(signal.aborted ? null : () => {}))
  })
}
