import { createMemo, createSignal, type Accessor } from 'solid-js'
import { isJsonObject, type JsonValue } from '../../model/json.ts'
import { ok } from '../../model/result.ts'
import type { ExperimentId } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** What a sweep was after, as its trials keep it. */
export interface SweepAim {
  readonly metric: string
  readonly direction: 'min' | 'max'
}

/** What a trial says its sweep was after; null where it says nothing that makes sense. */
export function parseAim(environment: JsonValue | undefined): SweepAim | null {
  const facts = isJsonObject(environment) ? environment['sweep'] : undefined
  if (!isJsonObject(facts)) return null
  const { metric, direction } = facts
  if (typeof metric !== 'string' || (direction !== 'min' && direction !== 'max')) return null
  return { metric, direction }
}

/** A sweep begins rarely. Unit: milliseconds. */
const PAUSE_MS = 3_000

/** What the latest sweep of an experiment is after, live; null where there is none. */
export function createSweepAim(
  tracker: Tracker,
  database: DatabaseId,
  experimentId: ExperimentId,
): Accessor<SweepAim | null> {
  const [aim, setAim] = createSignal<SweepAim | null>(null)

  async function read() {
    const trials = await tracker.api.queryRuns({
      database,
      experimentIds: [experimentId],
      filter: 'tag.sweep is not null',
      // Newest first.
      sort: [],
      offset: 0,
      limit: 1,
      columns: [],
    })
    // Where no run has ever had the tag the filter knows no such name.
    const [runId] = trials.ok ? trials.value.runIds : []
    if (runId === undefined) return ok(null)
    const detail = await tracker.api.readRun({ database, runId })
    return detail.ok ? ok(parseAim(detail.value.run.environment)) : detail
  }

  createLiveRead(tracker, { database, on: ['runsChanged'], pauseMs: PAUSE_MS, read, take: setAim })
  // A trial that is the newest is the newest many times over.
  return createMemo(aim, null, {
    equals: (a, b) => a?.metric === b?.metric && a?.direction === b?.direction,
  })
}
