import { createMemo, createSignal, type Accessor } from 'solid-js'
import { ok } from '../../model/result.ts'
import type { RunId } from '../../model/units.ts'
import type { EventColumns } from '../../protocol/run-events.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** What happens to a run is seldom: a few times a second is live enough. */
const PAUSE_MS = 400

/** With more drawn runs than this only what happened to the picked one is told: nobody could tell whose it was. */
const MAX_EVENTFUL_RUNS = 8

/** The runs whose events are shown among those that are drawn. */
export function eventfulRuns(drawn: ReadonlySet<RunId>, selected: RunId | null): readonly RunId[] {
  if (drawn.size <= MAX_EVENTFUL_RUNS) return [...drawn]
  return selected !== null && drawn.has(selected) ? [selected] : []
}

/** What happened to some runs, live; undefined until it is known. Where it cannot be read charts go without. */
export function createRunEvents(
  tracker: Tracker,
  database: DatabaseId,
  runIds: Accessor<readonly RunId[]>,
): Accessor<EventColumns | undefined> {
  const [events, setEvents] = createSignal<EventColumns>()
  const wanted = createMemo(runIds, undefined, {
    equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]),
  })
  createLiveRead(tracker, {
    database,
    on: ['runsChanged'],
    of: ({ runIds: changed }) => wanted().filter((id) => changed.includes(id)),
    pauseMs: PAUSE_MS,
    query: wanted,
    read: async () =>
      wanted().length === 0 ? ok(undefined) : tracker.api.readEvents({ database, runIds: wanted() }),
    take: setEvents,
  })
  return events
}
