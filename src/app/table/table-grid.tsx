import { createSignal, Index, Show } from 'solid-js'
import type { RunId } from '../../model/units.ts'
import { useRunMenus, type MenuPlace } from '../runs/run-menus.tsx'
import { toTabSeparated } from '../shell/tab-separated.ts'
import { NAME_COLUMN } from '../workspace/table-columns.ts'
import { copyText } from '../shell/copy-text.ts'
import { useToasts } from '../shell/create-toasts.ts'
import { formatPlural } from '../../widgets/number-format.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { copiedRows } from './copied-rows.ts'
import { cellUnder, createTableFocus } from './create-table-focus.ts'
import { createTableSlots } from './create-table-slots.ts'
import { createTableViewport, ROW_HEIGHT } from './create-table-viewport.ts'
import { clickInGrid } from './table-clicks.ts'
import { HEADER_ROW, useTable } from './table-context.ts'
import { TableHeader } from './table-header.tsx'
import { pressInGrid, type ActiveCell, type GridKeys } from './table-keys.ts'
import { TableRowView } from './table-row.tsx'
import type { TableRow } from './table-rows.ts'
import './table-grid.css'

/** The runs of an experiment as rows, of which only those near the viewport exist, as only the columns near it do. */
export function TableGrid(props: { readonly label: string }) {
  const experiment = useExperiment()
  const toasts = useToasts()
  const table = useTable()
  const menus = useRunMenus()
  const { columns, rows } = table
  const active = createSignal<ActiveCell>({ row: HEADER_ROW, column: NAME_COLUMN })
  let scroller: HTMLDivElement | undefined

  const viewport = createTableViewport(() => scroller)
  const { pinnedRow, center, headHeight } = viewport
  const slots = createTableSlots(viewport, () => active[0]().row)
  const focus = createTableFocus(() => scroller, viewport, slots, active)

  const keys: GridKeys = {
    table,
    active: focus.reachable,
    placeOf: viewport.placeOf,
    page: viewport.page,
    focus: focus.focus,
    openMenu: (column) =>
      focus.cellElement(HEADER_ROW, column)?.querySelector<HTMLElement>('[data-action="menu"]')?.click(),
    open: (runId) => experiment.select(runId),
    openRunMenu: (runId) => openMenu(runId, focus.cellElement(runId, NAME_COLUMN) ?? { x: 0, y: 0 }),
    copy: () => void copy(),
  }

  /** Of the run alone, or of all that are selected where it is one of them. */
  function openMenu(runId: RunId, place: MenuPlace): void {
    const selected = table.selection.selected()
    const runIds = selected.has(runId) ? [...selected] : [runId]
    menus.open(runIds, place, typeof table.cells.value(runId, 'run:archivedAt') === 'number')
  }

  function rowUnder(target: EventTarget | null): TableRow | undefined {
    const cell = cellUnder(target)
    return cell === null ? undefined : rows()[viewport.placeOf(cell.row) - 1]
  }

  function askedForMenu(event: MouseEvent): void {
    const row = rowUnder(event.target)
    if (row?.kind !== 'run') return
    event.preventDefault()
    openMenu(row.runId, { x: event.clientX, y: event.clientY })
  }

  function pointed(event: PointerEvent): void {
    const row = rowUnder(event.target)
    experiment.view.raise(row?.kind === 'run' ? row.runId : null)
  }

  async function copy(): Promise<void> {
    const runIds = [...table.selection.selected()]
    const text = toTabSeparated(copiedRows(table, runIds, experiment.readOnly))
    await copyText(toasts, text, `${formatPlural(runIds.length, 'row')} copied.`)
  }

  function pressed(event: KeyboardEvent): void {
    if (!isCellFocused(event.target)) return
    if (!pressInGrid(event, keys)) return
    event.preventDefault()
    event.stopPropagation()
  }

  function clicked(event: MouseEvent): void {
    const cell = cellUnder(event.target)
    if (cell === null) return
    focus.setActive(cell)
    clickInGrid(event, cell, rows()[viewport.placeOf(cell.row) - 1], { table, experiment })
    // Not what is in it: the keys go on from the cell.
    if (cell.row !== HEADER_ROW) focus.cellElement(cell.row, cell.column)?.focus({ preventScroll: true })
  }

  return (
    <div
      class="table-grid"
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows().length + 1}
      aria-colcount={columns.all().length}
      aria-multiselectable="true"
      ref={(element) => (scroller = element)}
      style={{
        '--columns': viewport.template(),
        '--head-height': `${headHeight()}px`,
        '--row-height': `${ROW_HEIGHT}px`,
      }}
      onKeyDown={pressed}
      onClick={clicked}
      onContextMenu={askedForMenu}
      onPointerOver={pointed}
      onPointerLeave={() => experiment.view.raise(null)}
      onFocusOut={focus.left}
      onFocusIn={focus.entered}
    >
      <div
        class="table-grid-canvas"
        role="presentation"
        style={{ width: `${viewport.totalWidth()}px`, height: `${viewport.rows.getTotalSize()}px` }}
      >
        <TableHeader center={center} active={focus.reachableIn(HEADER_ROW)} />
        <Show when={pinnedRow()}>
          {(row) => (
            <TableRowView
              row={row()}
              rowIndex={2}
              top={null}
              center={center}
              active={focus.reachableIn(row().key)}
            />
          )}
        </Show>
        <Index each={slots()}>
          {(slot) => (
            <Show when={slot()}>
              {(shown) => (
                <TableRowView
                  row={shown().row}
                  rowIndex={shown().place + 1}
                  top={(shown().place - viewport.firstPlace()) * ROW_HEIGHT + headHeight()}
                  center={center}
                  active={focus.reachableIn(shown().row.key)}
                />
              )}
            </Show>
          )}
        </Index>
      </div>
    </div>
  )
}

function isCellFocused(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('[data-column], [data-column] *')
}
