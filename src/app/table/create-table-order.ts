import { createMemo, createSignal, type Accessor } from 'solid-js'
import { err, ok, type Result } from '../../model/result.ts'
import type { ExperimentId, RunId } from '../../model/units.ts'
import { MAX_RUNS_READ, type RunSort } from '../../protocol/run-query.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { TrackerError } from '../../protocol/tracker-error.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
import { busyWhile } from '../tracker/idle.ts'
import { parseColumnId, sortOperand } from '../workspace/table-columns.ts'
import type { TableSort } from '../workspace/table-view.ts'
import type { Tracker } from '../tracker/tracker.ts'

export interface TableOrder {
  /** Those that match the filter, in order; undefined until the first answer. */
  readonly runIds: Accessor<readonly RunId[] | undefined>
  readonly failure: Accessor<string | null>
}

interface Asked {
  /** Undefined while none is known to be right. */
  readonly filter: string | undefined
  readonly sort: readonly TableSort[]
}

/** Rows that move while they are read help nobody. Unit: milliseconds. */
const LIVE_PAUSE_MS = 1_000

/**
 * Which runs the table shows and in which order, decided by the database, live.
 *
 * `prepare` is waited for before runs are shown.
 */
export function createTableOrder(
  tracker: Tracker,
  place: { readonly database: DatabaseId; readonly experimentId: ExperimentId },
  asked: Accessor<Asked>,
  prepare: (runIds: readonly RunId[]) => Promise<void>,
): TableOrder {
  const [runIds, setRunIds] = createSignal<readonly RunId[]>()
  const query = createMemo<Asked>(asked, asked(), {
    equals: (a, b) => JSON.stringify([a.filter, a.sort]) === JSON.stringify([b.filter, b.sort]),
  })

  async function readAll(filter: string, { sort }: Asked): Promise<Result<readonly RunId[], TrackerError>> {
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

  async function readWanted(isLate: () => boolean): Promise<Result<readonly RunId[] | null, TrackerError>> {
    const wanted = query()
    if (wanted.filter === undefined) return ok(null)
    const answer = await readAll(wanted.filter, wanted)
    if (answer.ok && !isLate()) await prepare(answer.value)
    return answer
  }

  const dependsOnMetrics = (): boolean =>
    query().filter !== '' || query().sort.some(({ column }) => /^(metric\.|curve:)/.test(column))
  const { failure } = createLiveRead(tracker, {
    database: place.database,
    on: ['runsChanged', 'seriesGrew'],
    of: ({ type }) => (type === 'runsChanged' || dependsOnMetrics() ? null : []),
    pauseMs: LIVE_PAUSE_MS,
    query,
    read: (_, isLate) => busyWhile(readWanted(isLate)),
    take(found) {
      if (found !== null) setRunIds((before) => (isSame(before, found) ? before : found))
    },
  })
  return { runIds, failure }
}

function toRunSort({ column, direction }: TableSort): readonly RunSort[] {
  const parsed = parseColumnId(column)
  return parsed === undefined ? [] : [{ by: sortOperand(parsed), direction }]
}

function isSame(a: readonly RunId[] | undefined, b: readonly RunId[]): boolean {
  return a !== undefined && a.length === b.length && a.every((id, index) => id === b[index])
}
