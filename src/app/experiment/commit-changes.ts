import type { Change } from '../../model/log-batch.ts'
import type { Deed } from '../shell/create-history.ts'
import type { ToastState } from '../shell/create-toasts.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** One commit stays one short transaction. */
export const CHANGES_AT_ONCE = 2_000

/** Commits changes, many of them in parts; what goes wrong is said. */
export async function commitChanges(
  tracker: Tracker,
  { complain }: Pick<ToastState, 'complain'>,
  changes: readonly Change[],
): Promise<boolean> {
  for (let at = 0; at < changes.length; at += CHANGES_AT_ONCE) {
    const receipt = await tracker.commit(changes.slice(at, at + CHANGES_AT_ONCE))
    if (receipt.ok) continue
    complain(receipt.error.message)
    return false
  }
  return true
}

export function changesToDeed(changes: readonly Change[]): Deed {
  return { type: 'commit', what: JSON.stringify(changes) }
}

/** The store parses what it is told, whoever wrote it. */
export function parseChanges(what: string): readonly Change[] {
  const changes: unknown = JSON.parse(what)
  return Array.isArray(changes) ? (changes as readonly Change[]) : []
}
