import type { Result } from '../model/result.ts'
import type { StorageKind } from '../protocol/store-api.ts'
import type { TrackerError } from '../protocol/tracker-error.ts'

/** Whether everything said so far is where it is kept; if not, why that may take long. Nothing is lost either way. */
export type Durability = Result<Kept, TrackerError>

/** Where what was logged is kept. memory: it is gone with the page, and `reason` is a sentence that says why; else empty. */
export interface Kept {
  readonly storage: StorageKind
  readonly reason: string
}
