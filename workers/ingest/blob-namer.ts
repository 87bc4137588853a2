import type { Database } from '../db/database.ts'
import { nameBlobs } from './name-blobs.ts'

/** A training that logs arrays without a pause is not disturbed. */
const AFTER_MS = 500

/** Names blobs when arrays have not been logged for a moment. */
export interface BlobNamer {
  nameSoon(): void
  nameNow(): Promise<void>
  stop(): void
}

export function makeBlobNamer(database: Database): BlobNamer {
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null

  function nameNow(): Promise<void> {
    running ??= nameBlobs(database).finally(() => {
      running = null
    })
    return running
  }

  return {
    nameSoon() {
      clearTimeout(timer)
      timer = setTimeout(() => {
        // A damaged blob is found by whoever reads it.
        nameNow().catch(() => undefined)
      }, AFTER_MS)
    },
    nameNow,
    stop: () => clearTimeout(timer),
  }
}
