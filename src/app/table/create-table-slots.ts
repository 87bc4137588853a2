import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import { makeFrame } from '../../widgets/frame.ts'
import type { TableViewport } from './create-table-viewport.ts'
import { isSameList } from '../shell/same-list.ts'
import { useTable } from './table-context.ts'
import type { TableRow } from './table-rows.ts'

/** A row and where it stands among all, from 1 on. */
export interface TableSlot {
  readonly row: TableRow
  readonly place: number
}

/**
 * The rows that exist, each in a place that the next row to come into view takes over: what is scrolled or sorted is
 * written into elements that are there. The last one is for the row that has the focus, wherever the rest is.
 */
export function createTableSlots(
  viewport: TableViewport,
  focusedRow: () => string,
): Accessor<readonly (TableSlot | undefined)[]> {
  const table = useTable()
  const { body } = viewport
  /** The order in which all rows that exist are written: another one reaches those out of sight a frame later. */
  const [settled, setSettled] = createSignal(body(), { equals: false })
  const settleFrame = makeFrame(() => setTimeout(() => setSettled(body())))
  onCleanup(settleFrame.cancel)

  const slots = createMemo<readonly (TableSlot | undefined)[]>(
    (before) => {
      const items = viewport.rows.getVirtualItems()
      const count = Math.max(before.length - 1, items.length)
      const all = body()
      const from = Math.min(items[0]?.index ?? 0, Math.max(0, all.length - count))
      const next: (TableSlot | undefined)[] = Array.from({ length: count + 1 })
      const seen = settled() === all ? null : viewport.rows.range
      function put(slot: number, row: TableRow | undefined, place: number, canWait = false): void {
        const known = before[slot]
        if (row === undefined) return
        const isKept = known?.place === place && (canWait || known.row === row)
        next[slot] = isKept ? known : { row, place }
      }
      for (let index = from; index < from + count; index += 1) {
        const canWait = seen !== null && (index < seen.startIndex || index > seen.endIndex)
        put(index % count, all[index], viewport.firstPlace() + index, canWait)
      }
      const place = viewport.placeOf(focusedRow())
      const focused = table.rows()[place - 1]
      if (focused !== viewport.pinnedRow() && !next.some((slot) => slot?.row === focused))
        put(count, focused, place)
      return next
    },
    [],
    { equals: isSameList },
  )
  createEffect(on(body, settleFrame.request, { defer: true }))
  createEffect(() => {
    const items = viewport.rows.getVirtualItems()
    table.setRange(items[0]?.index ?? 0, (items.at(-1)?.index ?? -1) + 1)
  })
  return slots
}
