import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { JsonValue } from '../../model/json.ts'
import { ok } from '../../model/result.ts'
import type { ExperimentId, RunId } from '../../model/units.ts'
import { MAX_RUNS_READ } from '../../protocol/run-query.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
import { parseOperand } from '../workspace/operands.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** What every run has of some things, by operand as `printOperand` writes it, then by run. */
export type RunColumnsByName = ReadonlyMap<string, ReadonlyMap<RunId, JsonValue>>

const NOTHING: RunColumnsByName = new Map()
/** Params and tags change rarely. Unit: milliseconds. */
const PAUSE_MS = 300

/** Reads columns of the runs that match a filter, live; those asked for before stay while others are on their way. */
export function createRunColumns(
  tracker: Tracker,
  database: DatabaseId,
  experimentId: ExperimentId,
  filter: Accessor<string | undefined>,
  names: Accessor<readonly string[]>,
): Accessor<RunColumnsByName> {
  const [columns, setColumns] = createSignal(NOTHING)
  const wanted = createMemo(() => [...new Set(names())], [], {
    equals: (a, b) => a.length === b.length && a.every((name, index) => name === b[index]),
  })

  async function readWanted() {
    const asked = wanted()
    const text = filter()
    if (asked.length === 0 || text === undefined) return ok(NOTHING)
    const answer = await tracker.api.queryRuns({
      database,
      experimentIds: [experimentId],
      filter: text,
      sort: [],
      offset: 0,
      limit: MAX_RUNS_READ,
      columns: asked.flatMap((name) => parseOperand(name) ?? []),
    })
    if (!answer.ok) return answer
    const { runIds, columns: found } = answer.value
    return ok<RunColumnsByName>(
      new Map(
        asked.map((name, index) => [
          name,
          new Map(runIds.map((id, row) => [id, found[index]?.[row] ?? null])),
        ]),
      ),
    )
  }

  createLiveRead(tracker, {
    database,
    on: ['runsChanged'],
    of: () => (wanted().length === 0 ? [] : null),
    pauseMs: PAUSE_MS,
    query: () => [wanted(), filter()],
    read: readWanted,
    take: setColumns,
  })
  return columns
}
