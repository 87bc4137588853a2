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
  opened.onProblem(() => {
    const problem = problemOf(opened)
    if (problem !== null) warnOnce(problem)
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

/** What keeps what is logged here from being on a disk. */
function problemOf({ problem, memory }: Uplink): string | null {
  return problem?.message ?? memory
}

/** Why what is logged here is not stored at the moment, or only in memory, as a sentence; null while all is well. */
export function trackerProblem(): string | null {
  return problemOf(scopeUplink())
}

/** Calls back whenever `trackerProblem` changes; returns how to stop. */
export function onTrackerProblem(listener: (problem: string | null) => void): () => void {
  const uplink = scopeUplink()
  return uplink.onProblem(() => listener(problemOf(uplink)))
}
