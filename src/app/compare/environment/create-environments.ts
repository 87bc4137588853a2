import { createEffect, createMemo, createSignal, on, type Accessor } from 'solid-js'
import type { JsonObject } from '../../../model/json.ts'
import { err, ok } from '../../../model/result.ts'
import type { RunId } from '../../../model/units.ts'
import type { DatabaseId } from '../../../protocol/database-id.ts'
import type { TrackerError } from '../../../protocol/tracker-error.ts'
import { createLiveRead } from '../../tracker/create-live-read.ts'
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
  const wanted = createMemo(runIds, undefined, {
    equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]),
  })
  const { failure, refresh } = createLiveRead(tracker, {
    database,
    on: ['runsChanged'],
    of: ({ runIds: changed }) => wanted().filter((id) => changed.includes(id)),
    pauseMs: PAUSE_MS,
    async read(ids, isLate) {
      const read = new Map(environments())
      let failed: TrackerError | null = null
      for (const runId of wanted()) {
        if (read.has(runId) && ids?.includes(runId) === false) continue
        const answer = await tracker.api.readRun({ database, runId })
        if (isLate()) break
        if (answer.ok) read.set(runId, answer.value.run.environment)
        else failed = answer.error
      }
      setEnvironments(read)
      return failed === null ? ok(undefined) : err(failed)
    },
  })
  // Those that were read already are kept.
  createEffect(on(wanted, () => refresh([]), { defer: true }))
  return { environments, failure, loaded: () => wanted().every((id) => environments().has(id)) }
}
