import { createEffect, createMemo, createSignal, on, type Accessor } from 'solid-js'
import { quote } from '../../filter/print.ts'
import { MAX_FILTER_TEXT } from '../../filter/tokens.ts'
import type { JsonValue } from '../../model/json.ts'
import { ok, type Result } from '../../model/result.ts'
import { runField, RUN_FIELD_NAMES } from '../../model/run-fields.ts'
import type { ExperimentId, RunId } from '../../model/units.ts'
import {
  MAX_COLUMNS,
  MAX_RUNS_READ,
  type Operand,
  type RunKey,
  type RunTable,
} from '../../protocol/run-query.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { TrackerError } from '../../protocol/tracker-error.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
import type { SeriesState } from '../experiment/create-series.ts'
import { parseOperand, printOperand } from '../workspace/operands.ts'
import { toRunValues, type RunValues } from '../experiment/run-values.ts'
import type { Tracker } from '../tracker/tracker.ts'
import { MAX_NAMED_RUNS } from '../workspace/workspace-view.ts'

/** What the compared runs have of everything. Columns have one entry for each of `runIds`, in their order. */
export interface CompareState {
  readonly runIds: Accessor<readonly RunId[]>
  /** What the runs of the experiment have values of, metrics too. */
  readonly keys: Accessor<readonly RunKey[]>
  readonly loaded: Accessor<boolean>
  readonly failure: Accessor<string | null>
  /** Everything that was read but the metrics, of which the summaries tell. */
  readonly operands: Accessor<readonly Operand[]>
  column(operand: Operand): readonly JsonValue[]
  /** A column to draw and calculate with; `by` as `printOperand` writes it. */
  values(by: string): RunValues | undefined
}

/** What a run says of itself that runs are compared by. */
const RUN_OPERANDS: readonly Operand[] = RUN_FIELD_NAMES.filter(
  (field) => runField(field).isCompared === true,
).map((field) => ({ from: 'run', field }))

/** More keys than this are not compared: nobody reads them. */
const MAX_KEYS = 4 * MAX_COLUMNS - RUN_OPERANDS.length

/** Params are written once and tags seldom. Unit: milliseconds. */
const PAUSE_MS = 1_000

interface ReadColumns {
  readonly places: ReadonlyMap<RunId, number>
  readonly columns: ReadonlyMap<string, readonly JsonValue[]>
  readonly operands: readonly Operand[]
}

interface FoundColumns extends ReadColumns {
  readonly keys: readonly RunKey[]
}

const NOTHING_READ: ReadColumns = { places: new Map(), columns: new Map(), operands: [] }

/** Params, tags and the like of the runs that are compared, live; metrics come from `series`, which are live already. */
export function createCompare(
  tracker: Tracker,
  database: DatabaseId,
  experimentId: ExperimentId,
  runIds: Accessor<readonly RunId[]>,
  series: SeriesState,
): CompareState {
  const [keys, setKeys] = createSignal<readonly RunKey[]>([])
  const [read, setRead] = createSignal(NOTHING_READ)
  const [loaded, setLoaded] = createSignal(false)

  async function readPages(
    filter: string,
    part: readonly Operand[],
  ): Promise<Result<Pick<RunTable, 'runIds' | 'columns'>, TrackerError>> {
    const runIds: RunId[] = []
    const columns = part.map((): JsonValue[] => [])
    for (let offset = 0; ; offset += MAX_RUNS_READ) {
      const page = await tracker.api.queryRuns({
        database,
        experimentIds: [experimentId],
        filter,
        sort: [],
        offset,
        limit: MAX_RUNS_READ,
        columns: part,
      })
      if (!page.ok) return page
      for (const id of page.value.runIds) runIds.push(id)
      for (const [index, column] of columns.entries())
        for (const value of page.value.columns[index] ?? []) column.push(value)
      if (page.value.runIds.length === 0 || offset + MAX_RUNS_READ >= page.value.total)
        return ok({ runIds, columns })
    }
  }

  /** Null when there is nothing to compare. */
  async function readAll(): Promise<Result<FoundColumns | null, TrackerError>> {
    const filter = idsToFilter(runIds())
    if (filter === null) return ok(null)
    const known = await tracker.api.readKeys({ database, experimentId })
    if (!known.ok) return known
    const given = known.value.filter(({ from }) => from !== 'metric').slice(0, MAX_KEYS)
    const operands = [...RUN_OPERANDS, ...given.map(toOperand)]
    const columns = new Map<string, JsonValue[]>()
    let places: ReadonlyMap<RunId, number> = new Map()
    for (let from = 0; from < operands.length; from += MAX_COLUMNS) {
      const part = operands.slice(from, from + MAX_COLUMNS)
      const answer = await readPages(filter, part)
      if (!answer.ok) return answer
      const { runIds: found } = answer.value
      // A run that came or went between two parts: what it has is read with the next notice.
      if (from === 0) places = new Map(found.map((id, place) => [id, place]))
      for (const [index, operand] of part.entries())
        columns.set(printOperand(operand), alignTo(places, found, answer.value.columns[index] ?? []))
    }
    return ok({ keys: known.value, places, columns, operands })
  }

  const { failure, refresh } = createLiveRead(tracker, {
    database,
    on: ['runsChanged'],
    pauseMs: PAUSE_MS,
    read: readAll,
    take(found) {
      if (found === null) return
      setKeys(found.keys)
      setRead(found)
      setLoaded(true)
    },
  })
  createEffect(
    on(
      runIds,
      (wanted) => {
        // Those that were read already are only picked from.
        if (wanted.some((id) => !read().places.has(id))) refresh()
      },
      { defer: true },
    ),
  )

  const columnOf = (operand: Operand): readonly JsonValue[] => {
    const wanted = runIds()
    if (operand.from === 'metric') {
      return wanted.map((id) => {
        const value = series.summary(id, operand.key)?.[operand.aggregate] ?? null
        return value === null || Number.isFinite(value) ? value : null
      })
    }
    const { places, columns } = read()
    const column = columns.get(printOperand(operand))
    return wanted.map((id) => column?.[places.get(id) ?? -1] ?? null)
  }

  // Each column once for all who look at it, for as long as nothing it tells of has changed.
  const given = createMemo(() => (runIds(), read(), new Map<string, RunValues>()))
  const measured = createMemo(() => (runIds(), series.table(), new Map<string, RunValues>()))

  return {
    runIds,
    keys,
    loaded,
    failure,
    operands: () => read().operands,
    column: columnOf,
    values(by) {
      const operand = parseOperand(by)
      if (operand === null) return undefined
      const cache = operand.from === 'metric' ? measured() : given()
      const values = cache.get(by) ?? toRunValues(columnOf(operand))
      cache.set(by, values)
      return values
    },
  }
}

function toOperand({ from, key }: RunKey): Operand {
  return from === 'metric' ? { from, key, aggregate: 'last' } : { from, key }
}

/** A filter of these runs alone; of all runs where that would be too long, and null where there is nothing to ask. */
function idsToFilter(ids: readonly RunId[]): string | null {
  if (ids.length === 0) return null
  const filter = ids.length <= MAX_NAMED_RUNS ? `id in (${ids.map(quote).join(', ')})` : ''
  return filter.length <= MAX_FILTER_TEXT ? filter : ''
}

function alignTo(
  places: ReadonlyMap<RunId, number>,
  found: readonly RunId[],
  column: readonly JsonValue[],
): JsonValue[] {
  const aligned: JsonValue[] = Array.from({ length: places.size }, () => null)
  for (const [index, id] of found.entries()) {
    const place = places.get(id)
    if (place !== undefined) aligned[place] = column[index] ?? null
  }
  return aligned
}
