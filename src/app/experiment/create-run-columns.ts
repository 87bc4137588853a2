import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { JsonValue } from '../../model/json.ts'
import { ok } from '../../model/result.ts'
import type { ExperimentId, RunId } from '../../model/units.ts'
import { MAX_COLUMNS, MAX_RUNS_READ } from '../../protocol/run-query.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
import { parseOperand } from '../workspace/operands.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** What every run has of some things, by operand as `printOperand` writes it, then by run. */
export type RunColumnsByName = ReadonlyMap<string, ReadonlyMap<RunId, JsonValue>>

const NOTHING: RunColumnsByName = new Map()
/** Params and tags change rarely. Unit: milliseconds. */
const PAUSE_MS = 300

/** Reads columns of all runs that match a filter, live; those asked for before stay while others are on their way. */
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
    const named = asked.filter((name) => parseOperand(name) !== null).slice(0, MAX_COLUMNS)
    const found = new Map(named.map((name) => [name, new Map<RunId, JsonValue>()]))
    for (let offset = 0; ; offset += MAX_RUNS_READ) {
      const page = await tracker.api.queryRuns({
        database,
        experimentIds: [experimentId],
        filter: text,
        sort: [],
        offset,
        limit: MAX_RUNS_READ,
        columns: named.flatMap((name) => parseOperand(name) ?? []),
      })
      if (!page.ok) return page
      const { runIds, columns: cells, total } = page.value
      for (const [index, column] of [...found.values()].entries())
        for (const [row, id] of runIds.entries()) column.set(id, cells[index]?.[row] ?? null)
      if (runIds.length === 0 || offset + MAX_RUNS_READ >= total) return ok<RunColumnsByName>(found)
    }
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
