import { createEffect, createMemo, createSelector, on, type Accessor, type Signal } from 'solid-js'
import { NAME_COLUMN, type ColumnId } from '../workspace/table-columns.ts'
import type { TableSlot } from './create-table-slots.ts'
import type { TableViewport } from './create-table-viewport.ts'
import { HEADER_ROW, useTable } from './table-context.ts'
import type { ActiveCell } from './table-keys.ts'

/** Which cell has the focus, and that it keeps it while rows and columns come and go. */
export interface TableFocus {
  /** The cell that can be reached by Tab: one that is gone is followed by what took its place. */
  readonly reachable: Accessor<ActiveCell>
  /** The column of it in that row; null in every other row. */
  reachableIn(row: string): ColumnId | null
  cellElement(row: string, column: ColumnId): HTMLElement | null
  setActive(cell: ActiveCell): void
  /** Brings a cell into view and focuses it. */
  focus(place: number, column: ColumnId): void
  /** Listens to the focus that comes to a cell of the grid, and to the one that leaves it. */
  entered(event: FocusEvent): void
  left(event: FocusEvent): void
}

export function createTableFocus(
  scroller: () => HTMLDivElement | undefined,
  viewport: TableViewport,
  slots: Accessor<readonly (TableSlot | undefined)[]>,
  [active, setActive]: Signal<ActiveCell>,
): TableFocus {
  const { columns, rows } = useTable()
  const reachable = createMemo<ActiveCell>(() => {
    const { row, column } = active()
    return {
      row: viewport.placeOf(row) < 0 ? HEADER_ROW : row,
      column: columns.all().includes(column) ? column : NAME_COLUMN,
    }
  })
  const isRowActive = createSelector(() => reachable().row)

  function cellElement(row: string, column: ColumnId): HTMLElement | null {
    return (
      scroller()?.querySelector(`[data-row="${CSS.escape(row)}"] > [data-column="${CSS.escape(column)}"]`) ??
      null
    )
  }

  /** Set while the focus has just gone nowhere: an element that is moved loses it. */
  let hasLostFocus = false
  createEffect(
    on([slots, viewport.center, columns.pinned], () => {
      const focused = document.activeElement
      const isCell = focused?.matches('[data-column]') === true && scroller()?.contains(focused) === true
      if (!isCell && !hasLostFocus) return
      const cell = cellElement(reachable().row, reachable().column)
      if (cell !== focused) cell?.focus({ preventScroll: true })
    }),
  )

  return {
    reachable,
    reachableIn: (row) => (isRowActive(row) ? reachable().column : null),
    cellElement,
    setActive: (cell) => void setActive(cell),
    focus(place, column) {
      const row = place === 0 ? HEADER_ROW : (rows()[place - 1]?.key ?? HEADER_ROW)
      setActive({ row, column })
      viewport.scrollTo(place, column)
      // What was scrolled to exists from the next frame on.
      const cell = cellElement(row, column)
      if (cell === null) requestAnimationFrame(() => cellElement(row, column)?.focus({ preventScroll: true }))
      else cell.focus({ preventScroll: true })
    },
    entered(event) {
      const cell = cellUnder(event.target)
      if (cell !== null) setActive(cell)
    },
    left(event) {
      if (event.relatedTarget !== null) return
      hasLostFocus = true
      queueMicrotask(() => (hasLostFocus = false))
    },
  }
}

/** The cell an element stands in; null outside of all. */
export function cellUnder(target: EventTarget | null): ActiveCell | null {
  if (!(target instanceof Element)) return null
  const cell = target.closest<HTMLElement>('[data-column]')
  const row = target.closest<HTMLElement>('[data-row]')?.dataset['row']
  const column = cell?.dataset['column']
  return row === undefined || column === undefined ? null : { row, column }
}
