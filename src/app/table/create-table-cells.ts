import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { JsonValue } from '../../model/json.ts'
import { err, ok, type Result } from '../../model/result.ts'
import type { RunId } from '../../model/units.ts'
import type { Operand } from '../../protocol/run-query.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { TrackerError } from '../../protocol/tracker-error.ts'
import { makeCellCache } from './cell-cache.ts'
import { makeCoalesced } from '../tracker/coalesce.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
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
  const life = { isOver: false }

  async function read(
    runIds: readonly RunId[],
    columns: readonly ColumnId[],
  ): Promise<Result<void, TrackerError>> {
    if (runIds.length === 0 || columns.length === 0) return ok(undefined)
    const answer = await tracker.api.readCells({ database, runIds, columns: columns.map(operandOf) })
    if (!answer.ok) return err(answer.error)
    cache.put(answer.value.runIds, columns, answer.value.columns)
    return ok(undefined)
  }

  async function fill(runIds: readonly RunId[]): Promise<boolean> {
    // Others may be shown by the time the answer is there.
    const columnSet = cache.setColumns(shown.columns())
    if (!(await read(runIds, cache.lacking(runIds))).ok || life.isOver) return false
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

  /** Reads columns again of the runs that notices of a type are about, those in view first. */
  function createAgain(type: 'seriesGrew' | 'runsChanged', columns: Accessor<readonly ColumnId[]>): void {
    createLiveRead(tracker, {
      database,
      on: [type],
      of: ({ runIds }) => runIds,
      pauseMs: PAUSE_MS,
      async read(ids, isLate) {
        const runIds = ids ?? shown.runIds()
        if (runIds.length === 0) return ok(undefined)
        const near = new Set(shown.inView(shown.runIds()))
        const ordered = runIds.toSorted((a, b) => Number(near.has(b)) - Number(near.has(a)))
        for (let from = 0; from < ordered.length; from += RUNS_AT_ONCE) {
          const answer = await read(ordered.slice(from, from + RUNS_AT_ONCE), columns())
          if (!answer.ok || isLate()) return answer
          setVersion((count) => count + 1)
        }
        return ok(undefined)
      },
    })
  }
  createAgain('runsChanged', shown.columns)
  createAgain('seriesGrew', () => shown.columns().filter((id) => id.startsWith('metric.')))

  createEffect(
    on([shown.columns, () => shown.inView(shown.runIds())], ([columns]) => {
      cache.setColumns(columns)
      pump()
    }),
  )
  onCleanup(() => (life.isOver = true))

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
