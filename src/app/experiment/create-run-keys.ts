import { createEffect, createSignal, on, type Accessor } from 'solid-js'
import { ok } from '../../model/result.ts'
import type { ExperimentId } from '../../model/units.ts'
import type { RunKey } from '../../protocol/run-query.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
import type { Tracker } from '../tracker/tracker.ts'

export interface RunKeysState {
  /** Undefined until the first answer. */
  readonly keys: Accessor<readonly RunKey[] | undefined>
  /** Params that are not the same in all of the runs that were looked at, those of most runs first, then by name. */
  readonly differing: Accessor<readonly string[]>
}

/** A pass over everything that was logged of the experiment: not at every notice. Unit: milliseconds. */
const PAUSE_MS = 3_000
/** Enough to see what was varied. */
const RUNS_LOOKED_AT = 200
const PARAMS_LOOKED_AT = 24

/** What the runs of an experiment have values of; `metrics` says when there are new ones. */
export function createRunKeys(
  tracker: Tracker,
  database: DatabaseId,
  experimentId: ExperimentId,
  metrics: Accessor<unknown>,
): RunKeysState {
  const [keys, setKeys] = createSignal<readonly RunKey[]>()
  const [differing, setDiffering] = createSignal<readonly string[]>([])

  async function readKeys() {
    const read = await tracker.api.readKeys({ database, experimentId })
    if (!read.ok) return read
    const params = read.value.filter(({ from }) => from === 'param').slice(0, PARAMS_LOOKED_AT)
    const looked = await tracker.api.queryRuns({
      database,
      experimentIds: [experimentId],
      filter: '',
      sort: [],
      offset: 0,
      limit: RUNS_LOOKED_AT,
      columns: params.map(({ key }) => ({ from: 'param', key })),
    })
    if (!looked.ok) return looked
    const { columns } = looked.value
    const varied = params.filter((_, index) => {
      const values = columns[index] ?? []
      return new Set(values.map((value) => JSON.stringify(value))).size > 1
    })
    const differ = varied.toSorted((a, b) => b.runs - a.runs).map(({ key }) => key)
    return ok({ all: read.value, differ })
  }

  const { refresh } = createLiveRead(tracker, {
    database,
    on: ['runsChanged'],
    pauseMs: PAUSE_MS,
    read: readKeys,
    take({ all, differ }) {
      setDiffering(differ)
      setKeys(all)
    },
  })
  createEffect(on(metrics, () => refresh(null, PAUSE_MS), { defer: true }))
  return { keys, differing }
}
