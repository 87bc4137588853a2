import type { Result } from '../model/result.ts'
import type { TrackerError } from './tracker-error.ts'

/** What every call answers: expected failures are returned, never thrown. */
export type Outcome<T> = Promise<Result<T, TrackerError>>
