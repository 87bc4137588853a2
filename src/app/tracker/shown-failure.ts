import type { TrackerError } from '../../protocol/tracker-error.ts'

/** True when the database is on this device, and another tab keeps this one from it: the banner over the app says so. */
export function isElsewhere({ code }: TrackerError): boolean {
  return code === 'version-mismatch' || code === 'owner-silent'
}

/**
 * Why a read failed, as a sentence for the place where its answer would be; null where it is said in one place for all: by
 * the banner, or where the filter is written.
 */
export function shownFailure(error: TrackerError): string | null {
  return isElsewhere(error) || error.code === 'filter-wrong' ? null : error.message
}
