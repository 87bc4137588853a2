import { readEstimate } from '../../model/storage-estimate.ts'
import type { Reading } from './system-options.ts'

/** The browser adds up files to answer. Unit: milliseconds. */
const EVERY_MS = 30_000

const BYTES_PER_MB = 1e6

/** How much this origin keeps, asked now and then and told once. */
export function makeStorageUse(): { take(): Reading } {
  let askedAt = Number.NEGATIVE_INFINITY
  let used: number | undefined

  async function ask(): Promise<void> {
    const bytes = (await readEstimate()).used
    used = bytes === null ? undefined : bytes / BYTES_PER_MB
  }

  return {
    take() {
      const reading = { storage_mb: used }
      used = undefined
      if (performance.now() - askedAt >= EVERY_MS) {
        askedAt = performance.now()
        void ask()
      }
      return reading
    },
  }
}
