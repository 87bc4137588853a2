import { createVirtualizer, type Virtualizer } from '@tanstack/solid-virtual'
import { createEffect, createMemo, on, type Accessor } from 'solid-js'
import { isSameList } from '../shell/same-list.ts'
import { NAME_COLUMN, type ColumnId } from '../workspace/table-columns.ts'
import { HEADER_ROW, useTable } from './table-context.ts'
import type { TableRow } from './table-rows.ts'

/** Must match the style sheet. Unit: CSS pixels. */
export const ROW_HEIGHT = matchMedia('(pointer: coarse)').matches ? 40 : 28
const HEADER_HEIGHT = 36

/** A fling passes this many rows before the next frame. */
const OVERSCAN_ROWS = 14
const OVERSCAN_COLUMNS = 3

/** Which rows and columns are in view, and where they stand. Unit: CSS pixels. */
export interface TableViewport {
  /** The baseline, which stays under the header; null without one. */
  readonly pinnedRow: Accessor<Extract<TableRow, { kind: 'run' }> | null>
  /** The rows that are scrolled. */
  readonly body: Accessor<readonly TableRow[]>
  /** The place of the first of them. */
  firstPlace(): number
  /** What of the head stays. */
  headHeight(): number
  /** Rows count from 1, the header being 0; −1 for a row that is gone. Cost: a look at every row. */
  placeOf(key: string): number
  readonly rows: Virtualizer<HTMLDivElement, Element>
  /** The scrolled columns in view. */
  readonly center: Accessor<readonly ColumnId[]>
  /** The widths of the pinned columns, of what is scrolled out on the left, and of the columns in view. */
  readonly template: Accessor<string>
  readonly totalWidth: Accessor<number>
  /** How many rows are seen at once. */
  page(): number
  /** Brings a cell into view. */
  scrollTo(place: number, column: ColumnId): void
}

export function createTableViewport(scroller: () => HTMLDivElement | undefined): TableViewport {
  const { columns, rows } = useTable()
  const pinnedRow = createMemo(() => {
    const first = rows()[0]
    return first?.kind === 'run' && first.isBaseline ? first : null
  })
  const firstPlace = (): number => (pinnedRow() === null ? 1 : 2)
  const headHeight = (): number => HEADER_HEIGHT + (pinnedRow() === null ? 0 : ROW_HEIGHT)
  const body = createMemo<readonly TableRow[]>(() => (pinnedRow() === null ? rows() : rows().slice(1)))

  const rowVirtualizer = createVirtualizer({
    get count() {
      return body().length
    },
    getScrollElement: () => scroller() ?? null,
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
    getScrollElement: () => scroller() ?? null,
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

  return {
    pinnedRow,
    body,
    firstPlace,
    headHeight,
    placeOf: (key) => (key === HEADER_ROW ? 0 : rows().findIndex((row) => row.key === key) + 1 || -1),
    rows: rowVirtualizer,
    center,
    template,
    totalWidth,
    page: () => Math.max(1, Math.floor(((scroller()?.clientHeight ?? 0) - headHeight()) / ROW_HEIGHT) - 1),
    scrollTo(place, column) {
      const at = place - firstPlace()
      if (at >= 0) rowVirtualizer.scrollToIndex(at, { align: 'auto' })
      const columnAt = columns.center().indexOf(column)
      if (columnAt >= 0) columnVirtualizer.scrollToIndex(columnAt, { align: 'auto' })
    },
  }
}
