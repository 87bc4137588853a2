import { createVirtualizer } from '@tanstack/solid-virtual'
import { createEffect, createMemo, createSelector, createSignal, Index, on, onCleanup, Show } from 'solid-js'
import type { RunId } from '../../model/units.ts'
import { toTabSeparated } from '../shell/tab-separated.ts'
import { NAME_COLUMN, type ColumnId } from '../workspace/table-columns.ts'
import type { TableRow } from './table-rows.ts'
import { useToasts } from '../shell/create-toasts.ts'
import { makeFrame } from '../../widgets/frame.ts'
import { formatPlural } from '../../widgets/number-format.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { copiedRows } from './copied-rows.ts'
import { HEADER_ROW, useTable } from './table-context.ts'
import { TableHeader } from './table-header.tsx'
import { pressInGrid, type ActiveCell, type GridKeys } from './table-keys.ts'
import { TableRowView } from './table-row.tsx'
import './table-grid.css'

/** Must match the style sheet. Unit: CSS pixels. */
const ROW_HEIGHT = matchMedia('(pointer: coarse)').matches ? 40 : 28
const HEADER_HEIGHT = 36

/** A fling passes this many rows before the next frame. */
const OVERSCAN_ROWS = 14
const OVERSCAN_COLUMNS = 3

/** A row and where it stands among all, from 1 on. */
interface Slot {
  readonly row: TableRow
  readonly place: number
}

/** The runs of an experiment as rows, of which only those near the viewport exist, as only the columns near it do. */
export function TableGrid(props: { readonly label: string }) {
  const experiment = useExperiment()
  const toasts = useToasts()
  const table = useTable()
  const { columns, rows } = table
  const [active, setActive] = createSignal<ActiveCell>({ row: HEADER_ROW, column: NAME_COLUMN })
  let scroller: HTMLDivElement | undefined

  const pinnedRow = createMemo(() => {
    const first = rows()[0]
    return first?.kind === 'run' && first.isBaseline ? first : null
  })
  /** The place of the first row that is scrolled. */
  const firstPlace = (): number => (pinnedRow() === null ? 1 : 2)
  const headHeight = (): number => HEADER_HEIGHT + (pinnedRow() === null ? 0 : ROW_HEIGHT)
  const body = createMemo<readonly TableRow[]>(() => (pinnedRow() === null ? rows() : rows().slice(1)))
  /** Rows count from 1, the header being 0; −1 for a row that is gone. Cost: a look at every row. */
  const placeOf = (key: string): number =>
    key === HEADER_ROW ? 0 : rows().findIndex((row) => row.key === key) + 1 || -1

  const rowVirtualizer = createVirtualizer({
    get count() {
      return body().length
    },
    getScrollElement: () => scroller ?? null,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN_ROWS,
    get paddingStart() {
      return headHeight()
    },
    get scrollPaddingStart() {
      return headHeight()
    },
  })
  const columnVirtualizer = createVirtualizer({
    horizontal: true,
    get count() {
      return columns.center().length
    },
    getScrollElement: () => scroller ?? null,
    estimateSize: (index) => columns.width(columns.center()[index] ?? NAME_COLUMN),
    overscan: OVERSCAN_COLUMNS,
    get paddingStart() {
      return columns.pinnedWidth()
    },
    get scrollPaddingStart() {
      return columns.pinnedWidth()
    },
  })
  const centerWidths = createMemo(() => columns.center().map((id) => columns.width(id)))
  createEffect(on([centerWidths, columns.pinnedWidth], () => columnVirtualizer.measure(), { defer: true }))

  const center = createMemo<readonly ColumnId[]>(
    () => columnVirtualizer.getVirtualItems().flatMap(({ index }) => columns.center()[index] ?? []),
    [],
    { equals: isSameList },
  )
  /** The order in which all rows that exist are written: another one reaches those out of sight a frame later. */
  const [settled, setSettled] = createSignal(body(), { equals: false })
  const settleFrame = makeFrame(() => setTimeout(() => setSettled(body())))
  onCleanup(settleFrame.cancel)

  /**
   * The rows that exist, each in a place that the next row to come into view takes over: what is scrolled or sorted is
   * written into elements that are there. The last one is for the row that has the focus, wherever the rest is.
   */
  const slots = createMemo<readonly (Slot | undefined)[]>(
    (before) => {
      const items = rowVirtualizer.getVirtualItems()
      const count = Math.max(before.length - 1, items.length)
      const all = body()
      const from = Math.min(items[0]?.index ?? 0, Math.max(0, all.length - count))
      const next: (Slot | undefined)[] = Array.from({ length: count + 1 })
      const seen = settled() === all ? null : rowVirtualizer.range
      function put(slot: number, row: TableRow | undefined, place: number, canWait = false): void {
        const known = before[slot]
        if (row === undefined) return
        const isKept = known?.place === place && (canWait || known.row === row)
        next[slot] = isKept ? known : { row, place }
      }
      for (let index = from; index < from + count; index += 1) {
        const canWait = seen !== null && (index < seen.startIndex || index > seen.endIndex)
        put(index % count, all[index], firstPlace() + index, canWait)
      }
      const place = placeOf(active().row)
      const focused = rows()[place - 1]
      if (focused !== pinnedRow() && !next.some((slot) => slot?.row === focused)) put(count, focused, place)
      return next
    },
    [],
    { equals: isSameList },
  )
  createEffect(on(body, settleFrame.request, { defer: true }))
  createEffect(() => {
    const items = rowVirtualizer.getVirtualItems()
    table.setRange(items[0]?.index ?? 0, (items.at(-1)?.index ?? -1) + 1)
  })

  /** The widths of the pinned columns, of what is scrolled out on the left, and of the columns in view. */
  const template = createMemo(() => {
    const first = center()[0]
    const before = centerWidths().slice(0, first === undefined ? 0 : columns.center().indexOf(first))
    const gap = before.reduce((sum, width) => sum + width, 0)
    const tracks = [...columns.pinned().map(columns.width), gap, ...center().map(columns.width)]
    return tracks.map((width) => `${width}px`).join(' ')
  })
  const totalWidth = createMemo(
    () => columns.pinnedWidth() + centerWidths().reduce((sum, width) => sum + width, 0),
  )

  /** The cell that can be reached by Tab: one that is gone is followed by what took its place. */
  const reachable = createMemo<ActiveCell>(() => {
    const { row, column } = active()
    return {
      row: placeOf(row) < 0 ? HEADER_ROW : row,
      column: columns.all().includes(column) ? column : NAME_COLUMN,
    }
  })
  const isRowActive = createSelector(() => reachable().row)
  const activeIn = (row: string): ColumnId | null => (isRowActive(row) ? reachable().column : null)

  function focus(place: number, column: ColumnId): void {
    const row = place === 0 ? HEADER_ROW : (rows()[place - 1]?.key ?? HEADER_ROW)
    setActive({ row, column })
    const at = place - firstPlace()
    if (at >= 0) rowVirtualizer.scrollToIndex(at, { align: 'auto' })
    const columnAt = columns.center().indexOf(column)
    if (columnAt >= 0) columnVirtualizer.scrollToIndex(columnAt, { align: 'auto' })
    // What was scrolled to exists from the next frame on.
    const cell = cellElement(row, column)
    if (cell === null) requestAnimationFrame(() => cellElement(row, column)?.focus({ preventScroll: true }))
    else cell.focus({ preventScroll: true })
  }

  function cellElement(row: string, column: ColumnId): HTMLElement | null {
    return (
      scroller?.querySelector(`[data-row="${CSS.escape(row)}"] > [data-column="${CSS.escape(column)}"]`) ??
      null
    )
  }

  /** Set while the focus has just gone nowhere: an element that is moved loses it. */
  let hasLostFocus = false
  function loseFocus(event: FocusEvent): void {
    if (event.relatedTarget !== null) return
    hasLostFocus = true
    queueMicrotask(() => (hasLostFocus = false))
  }
  createEffect(
    on([slots, center, columns.pinned], () => {
      const focused = document.activeElement
      const isCell = focused?.matches('[data-column]') === true && scroller?.contains(focused) === true
      if (!isCell && !hasLostFocus) return
      const cell = cellElement(reachable().row, reachable().column)
      if (cell !== focused) cell?.focus({ preventScroll: true })
    }),
  )

  const keys: GridKeys = {
    table,
    active: reachable,
    placeOf,
    page: () => Math.max(1, Math.floor(((scroller?.clientHeight ?? 0) - headHeight()) / ROW_HEIGHT) - 1),
    focus,
    openMenu: (column) =>
      cellElement(HEADER_ROW, column)?.querySelector<HTMLElement>('[data-action="menu"]')?.click(),
    open: (runId) => experiment.select(runId),
    copy: () => void copy(),
  }

  async function copy(): Promise<void> {
    const runIds = [...table.selection.selected()]
    const text = toTabSeparated(copiedRows(table, runIds, experiment.readOnly))
    try {
      await navigator.clipboard.writeText(text)
      toasts.say(`${formatPlural(runIds.length, 'row')} copied.`)
    } catch {
      toasts.complain('The browser does not let this page write to the clipboard.')
    }
  }

  function pressed(event: KeyboardEvent): void {
    if (!isCellFocused(event.target)) return
    if (!pressInGrid(event, keys)) return
    event.preventDefault()
    event.stopPropagation()
  }

  function clicked(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null
    const key = target?.closest<HTMLElement>('[data-row]')?.dataset['row']
    const column = target?.closest<HTMLElement>('[data-column]')?.dataset['column']
    if (key === undefined || column === undefined) return
    const action = target?.closest<HTMLElement>('[data-action]')?.dataset['action']
    setActive({ row: key, column })
    if (key === HEADER_ROW) {
      if (action === 'select-all') toggleAll()
      else if (action === 'sort') table.arrangement.sortBy(column, event.shiftKey)
      return
    }
    const row = rows()[placeOf(key) - 1]
    if (row?.kind === 'group') {
      if (action === 'fold') table.arrangement.toggleGroup(row.group.key)
    } else if (row?.kind === 'run') act(action, row.runId, event.shiftKey)
    // Not what is in it: the keys go on from the cell.
    cellElement(key, column)?.focus({ preventScroll: true })
  }

  function act(action: string | undefined, runId: RunId, isRange: boolean): void {
    if (action === 'select') table.selection[isRange ? 'extendTo' : 'toggle'](runId)
    else if (action === 'draw') experiment.visibility.toggle(runId)
    else if (action === 'open') experiment.select(experiment.selected() === runId ? null : runId)
  }

  function toggleAll(): void {
    const { selected, selectAll, clear } = table.selection
    if (selected().size === table.runIds().length) clear()
    else selectAll()
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
        '--columns': template(),
        '--head-height': `${headHeight()}px`,
        '--row-height': `${ROW_HEIGHT}px`,
      }}
      onKeyDown={pressed}
      onClick={clicked}
      onFocusOut={loseFocus}
      onFocusIn={(event) => {
        const cell =
          event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-column]') : null
        const row = cell?.closest<HTMLElement>('[data-row]')?.dataset['row']
        const column = cell?.dataset['column']
        if (row !== undefined && column !== undefined) setActive({ row, column })
      }}
    >
      <div
        class="table-grid-canvas"
        role="presentation"
        style={{ width: `${totalWidth()}px`, height: `${rowVirtualizer.getTotalSize()}px` }}
      >
        <TableHeader center={center} active={activeIn(HEADER_ROW)} />
        <Show when={pinnedRow()}>
          {(row) => (
            <TableRowView row={row()} rowIndex={2} top={null} center={center} active={activeIn(row().key)} />
          )}
        </Show>
        <Index each={slots()}>
          {(slot) => (
            <Show when={slot()}>
              {(shown) => (
                <TableRowView
                  row={shown().row}
                  rowIndex={shown().place + 1}
                  top={(shown().place - firstPlace()) * ROW_HEIGHT + headHeight()}
                  center={center}
                  active={activeIn(shown().row.key)}
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

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index])
}
