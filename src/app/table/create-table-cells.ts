import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { JsonValue } from '../../model/json.ts'
import type { RunId } from '../../model/units.ts'
import type { Operand } from '../../protocol/run-query.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { makeCellCache } from './cell-cache.ts'
import { makeCoalesced, makePaced } from '../tracker/coalesce.ts'
import { holdBusy } from '../tracker/idle.ts'
import { NAME_COLUMN, parseColumnId, type ColumnId } from '../workspace/table-columns.ts'
import type { Tracker } from '../tracker/tracker.ts'

export interface TableCells {
  /** undefined until it is read. */
  value(runId: RunId, column: ColumnId): JsonValue | undefined
  /** Resolves when the names of all of these runs and the cells of those in view are there: they can be shown. */
  prepare(runIds: readonly RunId[]): Promise<void>
}

interface Shown {
  /** Curves are none of these. */
  readonly columns: Accessor<readonly ColumnId[]>
  /** All rows in order. */
  readonly runIds: Accessor<readonly RunId[]>
  /** Those that are in view, or about to be, when the rows are in this order. */
  inView(runIds: readonly RunId[]): readonly RunId[]
}

/** Read at once: small enough that what is scrolled to meanwhile waits for two frames. */
const RUNS_AT_ONCE = 400
/** Numbers may lag a fast training a little. Unit: milliseconds. */
const PAUSE_MS = 250

/**
 * The cells of a table, live: first of the rows in view, then of all others, so that scrolling meets no blank ones.
 *
 * What changed is read again for the runs that changed, and the old value stands until then.
 */
export function createTableCells(tracker: Tracker, database: DatabaseId, shown: Shown): TableCells {
  const cache = makeCellCache()
  const [version, setVersion] = createSignal(0)
  const stale = new Map<RunId, 'metrics' | 'all'>()
  const life = { isOver: false }

  async function read(runIds: readonly RunId[], columns: readonly ColumnId[]): Promise<boolean> {
    if (runIds.length === 0 || columns.length === 0) return true
    const answer = await tracker.api.readCells({ database, runIds, columns: columns.map(operandOf) })
    if (!answer.ok || life.isOver) return false
    cache.put(answer.value.runIds, columns, answer.value.columns)
    return true
  }

  async function fill(runIds: readonly RunId[]): Promise<boolean> {
    // Others may be shown by the time the answer is there.
    const columnSet = cache.setColumns(shown.columns())
    if (!(await read(runIds, cache.lacking(runIds)))) return false
    cache.complete(runIds, columnSet)
    setVersion((count) => count + 1)
    return true
  }

  const pump = makeCoalesced(async () => {
    const release = holdBusy()
    try {
      for (let from = 0; !life.isOver;) {
        const isMissing = (id: RunId): boolean => !cache.isComplete(id)
        const near = shown.inView(shown.runIds()).filter(isMissing)
        if (near.length > 0) {
          if (!(await fill(near))) return
          continue
        }
        const all = shown.runIds()
        const batch: RunId[] = []
        for (; from < all.length && batch.length < RUNS_AT_ONCE; from += 1) {
          const id = all[from]
          if (id !== undefined && isMissing(id)) batch.push(id)
        }
        if (batch.length === 0 || !(await fill(batch))) return
      }
    } finally {
      release()
    }
  })

  const refresh = makePaced(async () => {
    const near = new Set(shown.inView(shown.runIds()))
    while (stale.size > 0 && !life.isOver) {
      const ordered = [...stale.keys()].toSorted((a, b) => Number(near.has(b)) - Number(near.has(a)))
      const runIds = ordered.slice(0, RUNS_AT_ONCE)
      const isAll = runIds.some((id) => stale.get(id) === 'all')
      for (const id of runIds) stale.delete(id)
      const columns = shown.columns().filter((id) => isAll || id.startsWith('metric.'))
      if (!(await read(runIds, columns))) return
      setVersion((count) => count + 1)
    }
  }, PAUSE_MS)

  createEffect(
    on([shown.columns, () => shown.inView(shown.runIds())], ([columns]) => {
      cache.setColumns(columns)
      pump()
    }),
  )
  onCleanup(
    tracker.onEvent((event) => {
      if (event.type === 'storageChanged') outdate(shown.runIds(), 'all')
      if (event.type !== 'seriesGrew' && event.type !== 'runsChanged') return
      if (event.database !== database) return
      const isAll = event.type === 'runsChanged'
      outdate(event.runIds.length === 0 ? shown.runIds() : event.runIds, isAll ? 'all' : 'metrics')
    }),
  )
  onCleanup(() => (life.isOver = true))

  function outdate(runIds: readonly RunId[], what: 'metrics' | 'all'): void {
    for (const id of runIds) if (stale.get(id) !== 'all') stale.set(id, what)
    refresh()
  }

  return {
    value(runId, column) {
      version()
      return cache.value(runId, column)
    },
    async prepare(runIds) {
      const unnamed = runIds.filter((id) => cache.value(id, NAME_COLUMN) === undefined)
      await read(unnamed, [NAME_COLUMN])
      cache.setColumns(shown.columns())
      const near = shown.inView(runIds).filter((id) => !cache.isComplete(id))
      if (near.length > 0) await fill(near)
    },
  }
}

function operandOf(id: ColumnId): Operand {
  const column = parseColumnId(id)
  if (column === undefined || column.from === 'curve') throw new Error(`${id} has no cells`)
  return column
}
