import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { RunId } from '../../model/units.ts'
import type { EventColumns } from '../../protocol/run-events.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { makePaced } from '../tracker/coalesce.ts'
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
  let disposed = false
  onCleanup(() => (disposed = true))

  const refresh = makePaced(async () => {
    const asked = wanted()
    if (disposed) return
    if (asked.length === 0) {
      setEvents(undefined)
      return
    }
    const answer = await tracker.api.readEvents({ database, runIds: asked })
    if (!disposed && answer.ok && asked === wanted()) setEvents(answer.value)
  }, PAUSE_MS)

  createEffect(on(wanted, refresh))
  onCleanup(
    tracker.onEvent((event) => {
      if (event.type !== 'runsChanged' || event.database !== database) return
      if (wanted().some((id) => event.runIds.includes(id))) refresh()
    }),
  )
  return events
}
