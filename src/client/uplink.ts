import type { Change } from '../model/log-batch.ts'
import type { Outcome } from '../protocol/outcome.ts'
import type { IngestReceipt } from '../protocol/store-api.ts'
import { createId } from '../model/units.ts'
import { clientLock } from '../protocol/version.ts'
import { connectTracker } from './connect.ts'
import { holdForLife } from '../model/web-lock.ts'
import { onTrackerEvent } from './notices.ts'
import { createUplink, type Uplink } from './create-uplink.ts'
import { warnOnce } from './warn.ts'

let uplink: Uplink | null = null

/** The one uplink of this page or worker. */
export function scopeUplink(): Uplink {
  uplink ??= openUplink()
  return uplink
}

function openUplink(): Uplink {
  const lock = clientLock(createId())
  holdForLife(lock)
  const opened = createUplink({ ingest: (batch) => connectTracker().api.ingest(batch), lock, onTrackerEvent })
  opened.onProblem((problem) => {
    if (problem !== null) warnOnce(problem.message)
  })
  flushOnLeave(opened)
  return opened
}

/** A page that is hidden may never run again: what it has leaves now, as far as it still can. */
function flushOnLeave(opened: Uplink): void {
  const page: unknown = Reflect.get(globalThis, 'document')
  if (!(page instanceof EventTarget)) return
  const flush = () => void opened.flush()
  page.addEventListener('visibilitychange', flush)
  globalThis.addEventListener('pagehide', flush)
}

/**
 * Changes runs from the app: rename, annotate, remove, restore.
 *
 * Errors: an answer that is not ok means that nothing was changed; `storage-full` and `unknown-run` are the likely ones.
 */
export function commitChanges(changes: readonly Change[]): Outcome<IngestReceipt> {
  return scopeUplink().commit(changes)
}

/** Sends everything that was logged here; resolves when it is durable, or with the reason why that may take long. */
export function flushTracked(): Outcome<null> {
  return scopeUplink().flush()
}

/** Why what is logged here is not stored at the moment, as a sentence; null while all is well. */
export function trackerProblem(): string | null {
  return scopeUplink().problem?.message ?? null
}

/** Calls back whenever `trackerProblem` changes; returns how to stop. */
export function onTrackerProblem(listener: (problem: string | null) => void): () => void {
  return scopeUplink().onProblem((problem) => listener(problem?.message ?? null))
}
