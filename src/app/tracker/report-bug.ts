import { err, type Result } from '../../model/result.ts'
import { trackerError, type TrackerError } from '../../protocol/tracker-error.ts'

/** Hands a bug to whoever hears of the errors of this page, so that what waited for an answer can say so and go on. */
export function reportBug(thrown: unknown): Result<never, TrackerError> {
  reportError(thrown)
  return err(trackerError('interrupted', 'Kymo failed at this. Reload the page and try again.'))
}
