import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import { err, ok, type Result } from '../../model/result.ts'
import type { ExperimentId, RunId } from '../../model/units.ts'
import { MAX_RUNS_READ, type RunSort } from '../../protocol/run-query.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { TrackerError } from '../../protocol/tracker-error.ts'
import { makeCoalesced, makePaced } from '../tracker/coalesce.ts'
import { busyWhile } from '../tracker/idle.ts'
import { shownFailure } from '../tracker/shown-failure.ts'
import { parseColumnId, sortOperand } from '../workspace/table-columns.ts'
import type { TableSort } from '../workspace/table-view.ts'
import type { Tracker } from '../tracker/tracker.ts'

export interface TableOrder {
  /** Those that match the filter, in order; undefined until the first answer. */
  readonly runIds: Accessor<readonly RunId[] | undefined>
  readonly failure: Accessor<string | null>
}

interface Asked {
  readonly filter: string
  readonly sort: readonly TableSort[]
}

/** Rows that move while they are read help nobody. Unit: milliseconds. */
const LIVE_PAUSE_MS = 1_000

/**
 * Which runs the table shows and in which order, decided by the database, live.
 *
 * A filter that is wrong leaves the last ones that were found. `prepare` is waited for before runs are shown.
 */
export function createTableOrder(
  tracker: Tracker,
  place: { readonly database: DatabaseId; readonly experimentId: ExperimentId },
  asked: Accessor<Asked>,
  prepare: (runIds: readonly RunId[]) => Promise<void>,
): TableOrder {
  const [runIds, setRunIds] = createSignal<readonly RunId[]>()
  const [failure, setFailure] = createSignal<string | null>(null)
  const query = createMemo<Asked>(asked, asked(), {
    equals: (a, b) => JSON.stringify([a.filter, a.sort]) === JSON.stringify([b.filter, b.sort]),
  })
  let disposed = false

  async function readAll({ filter, sort }: Asked): Promise<Result<readonly RunId[], TrackerError>> {
    const found = new Set<RunId>()
    for (let offset = 0; ; offset += MAX_RUNS_READ) {
      const page = await tracker.api.queryRuns({
        database: place.database,
        experimentIds: [place.experimentId],
        filter,
        sort: sort.flatMap(toRunSort),
        offset,
        limit: MAX_RUNS_READ,
        columns: [],
      })
      if (!page.ok) return err(page.error)
      const { runIds: ids, total } = page.value
      if (offset === 0 && ids.length === total) return ok(ids)
      // A run that moves between two pages is found on both.
      for (const id of ids) found.add(id)
      if (ids.length === 0 || offset + MAX_RUNS_READ >= total) return ok([...found])
    }
  }

  const refresh = makeCoalesced(() =>
    busyWhile(
      (async () => {
        const wanted = query()
        let answer = await readAll(wanted)
        // A link may carry a wrong filter: then there are no last good runs.
        if (!answer.ok && answer.error.at !== undefined && runIds() === undefined)
          answer = await readAll({ ...wanted, filter: '' })
        if (disposed || wanted !== query()) return
        if (!answer.ok) {
          if (answer.error.at === undefined) setFailure(shownFailure(answer.error))
          return
        }
        const { value } = answer
        await prepare(value)
        if (disposed || wanted !== query()) return
        setFailure(null)
        setRunIds((before) => (isSame(before, value) ? before : value))
      })(),
    ),
  )
  const refreshSometimes = makePaced(async () => refresh(), LIVE_PAUSE_MS)
  const dependsOnMetrics = (): boolean =>
    query().filter !== '' || query().sort.some(({ column }) => /^(metric\.|curve:)/.test(column))

  createEffect(on(query, refresh))
  onCleanup(
    tracker.onEvent((event) => {
      if (event.type === 'storageChanged') refresh()
      if (event.type !== 'seriesGrew' && event.type !== 'runsChanged') return
      if (event.database !== place.database) return
      if (event.type === 'runsChanged' || dependsOnMetrics()) refreshSometimes()
    }),
  )
  onCleanup(() => (disposed = true))
  return { runIds, failure }
}

function toRunSort({ column, direction }: TableSort): readonly RunSort[] {
  const parsed = parseColumnId(column)
  return parsed === undefined ? [] : [{ by: sortOperand(parsed), direction }]
}

function isSame(a: readonly RunId[] | undefined, b: readonly RunId[]): boolean {
  return a !== undefined && a.length === b.length && a.every((id, index) => id === b[index])
}
