import type { TrackerApi } from './tracker-api.ts'

/**
 * How this page's worker stands to the owner of the database.
 *
 * reached: it is the owner, reaches it, or has not looked long enough to say more. silent: another tab holds the database
 * and does not answer. held: that tab was taken over from, and cannot let go of the files. newer: the owner is a newer
 * Kymo; what is logged is stored through it, reading needs a reload. older: the owner is an older Kymo that keeps runs in
 * memory, so it cannot be asked to make room. outdated: a newer Kymo wrote the database and is gone.
 */
export type OwnerState = 'reached' | 'silent' | 'held' | 'newer' | 'older' | 'outdated'

/** What a page asks of its own worker: the tracker, wherever its owner lives, and how that owner is doing. */
export interface WorkerApi extends TrackerApi {
  /** The worker's id, once it holds the lock `workerLock(id)`, which is free only when it is dead. */
  joined(): Promise<string>
  /** Resolves with the reason, as a part of a sentence, when the worker should own the database and never can; else never. */
  failed(): Promise<string>
  /** Resolves when the state is another than the one seen; may never. */
  ownerState(seen: OwnerState): Promise<OwnerState>
  /** Takes the database from an owner that does not answer; answers before it has it. */
  takeOver(): Promise<void>
}
