import type { ExperimentId, RunId } from '../../src/model/units.ts'
import type { DatabaseId } from '../../src/protocol/database-id.ts'
import type { TrackerEvent } from '../../src/protocol/tracker-event.ts'

/** About one frame: notices of one kind within it are sent as one. */
export const NOTICE_INTERVAL_MS = 16

/** Gathers what happened and tells it at most once a frame. */
export interface Notices {
  /** Says that runs have new points. */
  seriesGrew(database: DatabaseId, runIds: Iterable<RunId>): void
  runsChanged(database: DatabaseId, runIds: Iterable<RunId>): void
  arrangementChanged(database: DatabaseId, experimentIds: Iterable<ExperimentId>): void
  filesChanged(): void
  storageChanged(): void
  jobProgressed(event: Extract<TrackerEvent, { type: 'jobProgressed' }>): void
  /** Tells what is gathered now. */
  flush(): void
}

export function makeNotices(notify: (event: TrackerEvent) => void): Notices {
  const grown = new Map<DatabaseId, Set<RunId>>()
  const changed = new Map<DatabaseId, Set<RunId>>()
  const arranged = new Map<DatabaseId, Set<ExperimentId>>()
  const others = new Map<string, TrackerEvent>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush(): void {
    if (timer !== undefined) clearTimeout(timer)
    timer = undefined
    // Runs first: who hears of new points can know their run already.
    for (const [database, runIds] of changed) notify({ type: 'runsChanged', database, runIds: [...runIds] })
    for (const [database, runIds] of grown) notify({ type: 'seriesGrew', database, runIds: [...runIds] })
    for (const [database, experimentIds] of arranged)
      notify({ type: 'arrangementChanged', database, experimentIds: [...experimentIds] })
    for (const event of others.values()) notify(event)
    changed.clear()
    grown.clear()
    arranged.clear()
    others.clear()
  }

  function schedule(): void {
    timer ??= setTimeout(flush, NOTICE_INTERVAL_MS)
  }

  function gather(into: Map<DatabaseId, Set<string>>, database: DatabaseId, ids: Iterable<string>): void {
    const known = into.get(database) ?? new Set()
    for (const id of ids) known.add(id)
    if (known.size === 0) return
    into.set(database, known)
    schedule()
  }

  function once(key: string, event: TrackerEvent): void {
    others.set(key, event)
    schedule()
  }

  return {
    seriesGrew: (database, runIds) => gather(grown, database, runIds),
    runsChanged: (database, runIds) => gather(changed, database, runIds),
    arrangementChanged: (database, experimentIds) => gather(arranged, database, experimentIds),
    filesChanged: () => once('filesChanged', { type: 'filesChanged' }),
    storageChanged: () => once('storageChanged', { type: 'storageChanged' }),
    jobProgressed: (event) => once(`job:${event.jobId}`, event),
    flush,
  }
}
