import type { RunId } from '../model/units.ts'

/** Every failure a user can act on. */
export const TRACKER_ERROR_CODES = [
  'file-empty',
  'file-not-recognised',
  'file-truncated',
  'file-newer',
  'file-corrupt',
  'file-unreadable',
  'nothing-to-export',
  'storage-full',
  'unknown-database',
  'unknown-run',
  'unknown-array',
  'unknown-artifact',
  'artifact-malformed',
  'sequence-gap',
  'batch-malformed',
  'query-malformed',
  'filter-wrong',
  'sql-wrong',
  'sql-slow',
  'sql-memory',
  'cancelled',
  'interrupted',
  'version-mismatch',
  'owner-silent',
  'no-store',
  'read-only',
] as const
export type TrackerErrorCode = (typeof TRACKER_ERROR_CODES)[number]

export interface TrackerError {
  readonly code: TrackerErrorCode
  /** What happened, to which file or run, and what to do next; plain text for the user. */
  readonly message: string
  /** Of `filter-wrong` and `sql-wrong`: where in the text it is wrong, and what to write there if there is a guess. */
  readonly at?: { readonly from: number; readonly to: number; readonly fix: string | null }
}

export function trackerError(code: TrackerErrorCode, message: string): TrackerError {
  return { code, message }
}

/** `but`: what that means for what was asked, and what to do. */
export function unknownRun(runId: RunId, but: string): TrackerError {
  return trackerError('unknown-run', `There is no run ${runId} here; ${but}.`)
}
