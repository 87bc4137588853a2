import type { KillKind } from './torture-plan.ts'

/** What an audit of the files found. */
export interface AuditReport {
  readonly points: number
  readonly lost: number
  readonly duplicated: number
  readonly corrupt: number
  /** The first few findings, in words. */
  readonly problems: readonly string[]
}

/** What each figure means is in the README. */
export interface TortureOutcome extends AuditReport {
  readonly acknowledged: number
  readonly worst_unacknowledged_ms: number
  readonly worst_with_worker_ms: number
  /** How long each worker that was terminated alone went unnoticed. Unit: ms. */
  readonly unnoticedMs: readonly number[]
  readonly kills: Readonly<Record<KillKind, number>>
  readonly accidents: number
  /** Where the profile was kept because something was wrong; null otherwise. */
  readonly kept: string | null
}
