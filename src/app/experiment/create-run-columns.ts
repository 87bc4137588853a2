import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { JsonValue } from '../../model/json.ts'
import type { ExperimentId, RunId } from '../../model/units.ts'
import { MAX_RUNS_READ } from '../../protocol/run-query.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { makePaced } from '../tracker/coalesce.ts'
import { parseOperand } from '../workspace/operands.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** What every run has of some things, by operand as `printOperand` writes it, then by run. */
export type RunColumnsByName = ReadonlyMap<string, ReadonlyMap<RunId, JsonValue>>

const NOTHING: RunColumnsByName = new Map()
/** Params and tags change rarely. Unit: milliseconds. */
const PAUSE_MS = 300

/** Reads columns of the runs of an experiment, live; those asked for before stay while others are on their way. */
export function createRunColumns(
  tracker: Tracker,
  database: DatabaseId,
  experimentId: ExperimentId,
  filter: Accessor<string>,
  names: Accessor<readonly string[]>,
): Accessor<RunColumnsByName> {
  const [columns, setColumns] = createSignal(NOTHING)
  const wanted = createMemo(() => [...new Set(names())], [], {
    equals: (a, b) => a.length === b.length && a.every((name, index) => name === b[index]),
  })

  const refresh = makePaced(async () => {
    const asked = wanted()
    if (asked.length === 0) {
      setColumns(NOTHING)
      return
    }
    const read = (text: string) =>
      tracker.api.queryRuns({
        database,
        experimentIds: [experimentId],
        filter: text,
        sort: [],
        offset: 0,
        limit: MAX_RUNS_READ,
        columns: asked.flatMap((name) => parseOperand(name) ?? []),
      })
    let answer = await read(filter())
    // The runs that are shown while a filter is wrong are those of another one.
    if (!answer.ok && answer.error.at !== undefined) answer = await read('')
    if (!answer.ok || asked !== wanted()) return
    const { runIds, columns: found } = answer.value
    setColumns(
      new Map(
        asked.map((name, index) => [
          name,
          new Map(runIds.map((id, row) => [id, found[index]?.[row] ?? null])),
        ]),
      ),
    )
  }, PAUSE_MS)
  createEffect(on([wanted, filter], refresh))
  onCleanup(
    tracker.onEvent((event) => {
      if (wanted().length === 0) return
      if (event.type === 'storageChanged' || (event.type === 'runsChanged' && event.database === database))
        refresh()
    }),
  )
  return columns
}
