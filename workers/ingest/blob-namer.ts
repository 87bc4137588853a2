import type { Database } from '../db/database.ts'

/** A training that logs arrays without a pause is not disturbed. */
const AFTER_MS = 500

/** Names blobs when arrays have not been logged for a moment. */
export interface BlobNamer {
  nameSoon(): void
  nameNow(): Promise<void>
  stop(): void
}

/** `settle` resolves when all arrays are in the database. */
export function makeBlobNamer(database: Database, settle: () => Promise<void>): BlobNamer {
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null

  async function name(): Promise<void> {
    await settle()
    const { nameBlobs } = await import('./name-blobs.ts')
    await nameBlobs(database)
  }

  function nameNow(): Promise<void> {
    running ??= name().finally(() => {
      running = null
    })
    return running
  }

  return {
    nameSoon() {
      clearTimeout(timer)
      timer = setTimeout(() => {
        // Code that cannot be loaded is needed no more than that: it is tried again after the next array. A damaged blob is
        // found by whoever reads it.
        nameNow().catch(() => undefined)
      }, AFTER_MS)
    },
    nameNow,
    stop: () => clearTimeout(timer),
  }
}
