import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { JsonObject } from '../../../model/json.ts'
import type { RunId } from '../../../model/units.ts'
import type { DatabaseId } from '../../../protocol/database-id.ts'
import { makePaced } from '../../tracker/coalesce.ts'
import { shownFailure } from '../../tracker/shown-failure.ts'
import type { Tracker } from '../../tracker/tracker.ts'

export interface EnvironmentsState {
  /** Of the runs that were read by now. */
  readonly environments: Accessor<ReadonlyMap<RunId, JsonObject>>
  readonly loaded: Accessor<boolean>
  readonly failure: Accessor<string | null>
}

/** An environment is said at the start of a run, and hardly ever again. Unit: milliseconds. */
const PAUSE_MS = 1_000

/** Where some runs trained, read one after the other, and again when one of them changed. */
export function createEnvironments(
  tracker: Tracker,
  database: DatabaseId,
  runIds: Accessor<readonly RunId[]>,
): EnvironmentsState {
  const [environments, setEnvironments] = createSignal<ReadonlyMap<RunId, JsonObject>>(new Map())
  const [failure, setFailure] = createSignal<string | null>(null)
  const stale = new Set<RunId>()
  const wanted = createMemo(runIds, undefined, {
    equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]),
  })
  let disposed = false
  onCleanup(() => (disposed = true))

  const refresh = makePaced(async () => {
    const read = new Map(environments())
    for (const runId of wanted()) {
      if (read.has(runId) && !stale.has(runId)) continue
      stale.delete(runId)
      const answer = await tracker.api.readRun({ database, runId })
      if (disposed) return
      setFailure(answer.ok ? null : shownFailure(answer.error))
      if (answer.ok) read.set(runId, answer.value.run.environment)
    }
    setEnvironments(read)
  }, PAUSE_MS)

  createEffect(on(wanted, refresh))
  onCleanup(
    tracker.onEvent((event) => {
      if (event.type !== 'runsChanged' || event.database !== database) return
      const changed = wanted().filter((id) => event.runIds.includes(id))
      for (const id of changed) stale.add(id)
      if (changed.length > 0) refresh()
    }),
  )
  return { environments, failure, loaded: () => wanted().every((id) => environments().has(id)) }
}
