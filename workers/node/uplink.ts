import { NoSqliteError } from '../native/load-drivers.ts'
import { processLock } from '../native/process-lock.ts'
import { createUplink, type Pace, type Uplink } from '../../src/client/create-uplink.ts'
import type { Ingested } from '../../src/client/outbox.ts'
import type { LogBatch } from '../../src/model/log-batch.ts'
import { err } from '../../src/model/result.ts'
import { trackerError } from '../../src/protocol/tracker-error.ts'
import { warnOnce } from '../../src/client/warn.ts'
import { endWithProcess } from './end-with-process.ts'
import { scopeProject } from './scope.ts'
import { whyServed } from './served.ts'

/**
 * A batch is a commit, and a commit waits for the disk: few and large ones cost a training less, and half a second is what
 * a process that is killed may lose.
 */
const PACE: Pace = { points: 65_536, watchedMs: 500, unwatchedMs: 500 }

let uplink: Uplink | null = null

/** Takes the place of `client/uplink.ts`: the one uplink of this thread, into files. */
export function scopeUplink(): Uplink {
  uplink ??= openUplink()
  return uplink
}

function openUplink(): Uplink {
  const opened = createUplink({
    ingest: whyServed() ?? ingest,
    lock: processLock(),
    onTrackerEvent: () => () => undefined,
    pace: PACE,
    storage: 'disk',
  })
  opened.onProblem((problem) => {
    if (problem !== null) warnOnce(problem.message)
  })
  return endWithProcess(opened)
}

/** Where Node has no SQLite nothing will ever be stored. */
function ingest(batch: LogBatch): Ingested {
  try {
    return scopeProject().ingest(batch)
  } catch (cause) {
    if (cause instanceof NoSqliteError)
      return err(trackerError('no-store', `Kymo keeps nothing here: ${cause.message}.`))
    throw cause
  }
}

/** Why what is logged here is not stored at the moment, as a sentence; null while all is well. */
export function trackerProblem(): string | null {
  return scopeUplink().problem?.message ?? null
}

/** Calls back whenever `trackerProblem` changes; returns how to stop. */
export function onTrackerProblem(listener: (problem: string | null) => void): () => void {
  return scopeUplink().onProblem((problem) => listener(problem?.message ?? null))
}
