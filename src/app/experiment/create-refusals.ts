import { createMemo, createSignal, type Accessor } from 'solid-js'
import { ok } from '../../model/result.ts'
import type { Refusal } from '../../model/log-batch.ts'
import type { RunId } from '../../model/units.ts'
import { MAX_REFUSAL_RUNS } from '../../protocol/runs-api.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
import type { RunRow } from './create-runs.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** Numbers in words help nobody while they race. Unit: milliseconds. */
const PAUSE_MS = 1_000

/** What some runs logged that was refused, live, merged by name and reason; the most frequent first. */
export function createRefusals(
  tracker: Tracker,
  database: DatabaseId,
  runs: Accessor<readonly RunRow[]>,
): Accessor<readonly Refusal[]> {
  const [refusals, setRefusals] = createSignal<readonly Refusal[]>([])
  const wanted = createMemo<readonly RunId[]>(
    () =>
      runs()
        .filter(({ refusedCount }) => refusedCount > 0)
        .slice(0, MAX_REFUSAL_RUNS)
        .map(({ id }) => id),
    [],
    { equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]) },
  )
  createLiveRead(tracker, {
    database,
    on: ['runsChanged'],
    of: ({ runIds }) => wanted().filter((id) => runIds.includes(id)),
    pauseMs: PAUSE_MS,
    query: wanted,
    read: async () =>
      wanted().length === 0 ? ok([]) : tracker.api.readRefusals({ database, runIds: wanted() }),
    take: setRefusals,
  })
  return refusals
}
