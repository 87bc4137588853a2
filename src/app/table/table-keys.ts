import type { RunId } from '../../model/units.ts'
import { NAME_COLUMN, type ColumnId } from '../workspace/table-columns.ts'
import type { TableRow } from './table-rows.ts'
import { RESIZE_STEP } from './column-entries.ts'
import { HEADER_ROW, type TableState } from './table-context.ts'

/** The cell that has the focus, or would have it. */
export interface ActiveCell {
  readonly row: string
  readonly column: ColumnId
}

/** What keys need to know of the grid they are pressed in. */
export interface GridKeys {
  readonly table: TableState
  active(): ActiveCell
  /** Where a row stands among all, the header at 0; −1 for one that is gone. */
  placeOf(row: string): number
  /** How many rows are seen at once. */
  page(): number
  focus(place: number, column: ColumnId): void
  openMenu(column: ColumnId): void
  open(runId: RunId): void
  openRunMenu(runId: RunId): void
  copy(): void
}

/** Does what a key asks for; false for one that asks for nothing here. */
export function pressInGrid(event: KeyboardEvent, grid: GridKeys): boolean {
  const { row, column } = grid.active()
  const isMod = event.ctrlKey || event.metaKey
  if (row === HEADER_ROW && pressInHeader(event, grid, column)) return true
  if (isMod && event.key === 'a') grid.table.selection.selectAll()
  else if (isMod && event.key === 'c' && grid.table.selection.selected().size > 0) grid.copy()
  else if (!event.altKey && moveBy(event, grid)) return true
  else if (isMod || event.altKey) return false
  else return pressInRow(event, grid, rowAt(grid, row))
  return true
}

function rowAt(grid: GridKeys, key: string): TableRow | undefined {
  return grid.table.rows()[grid.placeOf(key) - 1]
}

function pressInHeader(event: KeyboardEvent, { table, openMenu }: GridKeys, column: ColumnId): boolean {
  const { arrangement, columns } = table
  const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
  if (event.key === 'Enter') arrangement.sortBy(column, event.shiftKey)
  else if (event.altKey && step !== 0) arrangement.move(column, step as -1 | 1)
  else if (event.shiftKey && step !== 0) columns.resize(column, columns.width(column) + step * RESIZE_STEP)
  else if ((event.altKey && event.key === 'ArrowDown') || event.key === 'ContextMenu') openMenu(column)
  else if (event.key === 'Delete' && column !== NAME_COLUMN) arrangement.hide(column)
  else return false
  return true
}

function moveBy(event: KeyboardEvent, grid: GridKeys): boolean {
  const { table } = grid
  const { row, column } = grid.active()
  const all = table.columns.all()
  const at = Math.max(0, all.indexOf(column))
  const place = Math.max(0, grid.placeOf(row))
  const last = table.rows().length
  const isMod = event.ctrlKey || event.metaKey
  const target = new Map<string, readonly [number, number]>([
    ['ArrowDown', [isMod ? last : place + 1, at]],
    ['ArrowUp', [isMod ? 1 : place - 1, at]],
    ['ArrowLeft', [place, isMod ? 0 : at - 1]],
    ['ArrowRight', [place, isMod ? all.length - 1 : at + 1]],
    ['PageDown', [place + grid.page(), at]],
    ['PageUp', [Math.max(Math.min(1, last), place - grid.page()), at]],
    ['Home', [isMod ? Math.min(1, last) : place, 0]],
    ['End', [isMod ? last : place, all.length - 1]],
  ]).get(event.key)
  if (target === undefined) return false
  const to = clamp(target[0], last)
  grid.focus(to, all[clamp(target[1], all.length - 1)] ?? NAME_COLUMN)
  const reached = table.rows()[to - 1]
  if (event.shiftKey && to !== place && reached?.kind === 'run') {
    const from = table.rows()[place - 1]
    if (from?.kind === 'run' && !table.selection.selected().has(from.runId))
      table.selection.toggle(from.runId)
    table.selection.extendTo(reached.runId)
  }
  return true
}

function pressInRow(
  event: KeyboardEvent,
  { table, open, openRunMenu }: GridKeys,
  row: TableRow | undefined,
): boolean {
  const { arrangement, selection } = table
  if (event.key === 'Escape' && selection.selected().size > 0) selection.clear()
  else if (row?.kind === 'group' && (event.key === 'Enter' || event.key === ' '))
    arrangement.toggleGroup(row.group.key)
  else if (row?.kind !== 'run') return false
  else if (event.key === 'Enter') open(row.runId)
  else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) openRunMenu(row.runId)
  else if (event.key === ' ') selection[event.shiftKey ? 'extendTo' : 'toggle'](row.runId)
  else if (event.key === 'b')
    arrangement.setBaseline(arrangement.view().baseline === row.runId ? null : row.runId)
  else return false
  return true
}

function clamp(index: number, last: number): number {
  return Math.min(last, Math.max(0, index))
}
