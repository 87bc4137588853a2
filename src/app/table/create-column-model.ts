import {
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  createTable,
  tableFeatures,
  type columnResizingState as ColumnResizingState,
  type ColumnSizingState,
  type Updater,
} from '@tanstack/solid-table'
import { batch, createMemo, createSignal, type Accessor } from 'solid-js'
import { NAME_COLUMN, type ColumnId } from '../workspace/table-columns.ts'
import { MAX_COLUMN_WIDTH, MIN_COLUMN_WIDTH, type TableView } from '../workspace/table-view.ts'

/** Where the columns stand. Unit: CSS pixels. */
export interface ColumnModel {
  /** Those that stay in view, the name first. */
  readonly pinned: Accessor<readonly ColumnId[]>
  /** Those that are scrolled, from left to right. */
  readonly center: Accessor<readonly ColumnId[]>
  /** All of them, the pinned ones first. */
  readonly all: Accessor<readonly ColumnId[]>
  /** Among all, from 1 on. */
  place(id: ColumnId): number
  width(id: ColumnId): number
  /** Where a pinned column begins. */
  pinnedStart(id: ColumnId): number
  readonly pinnedWidth: Accessor<number>
  /** Follows the pointer from where it is pressed on the edge of a column. */
  startResize(id: ColumnId, event: MouseEvent | TouchEvent): void
  resize(id: ColumnId, width: number): void
}

interface Arranged {
  readonly columns: Accessor<readonly ColumnId[]>
  readonly pinned: Accessor<readonly ColumnId[]>
  readonly widths: Accessor<TableView['widths']>
  /** As wide as a column is until it is changed. */
  initialWidth(id: ColumnId): number
  /** A gesture has ended. */
  onWidths(widths: TableView['widths']): void
}

const FEATURES = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnResizingFeature,
})

/**
 * The columns of a table: order, pins, widths and how they are dragged.
 *
 * The rows are not the headless table's: their order is the database's.
 */
export function createColumnModel(arranged: Arranged): ColumnModel {
  const [resizing, setResizing] = createSignal<ColumnResizingState>(NOT_RESIZING)
  /** While an edge is dragged. */
  const [dragged, setDragged] = createSignal<ColumnSizingState | null>(null)
  const definitions = createMemo(() =>
    [NAME_COLUMN, ...arranged.columns()].map((id) => ({
      id,
      size: arranged.initialWidth(id),
      minSize: MIN_COLUMN_WIDTH,
      maxSize: MAX_COLUMN_WIDTH,
    })),
  )
  const sizing = (): ColumnSizingState => dragged() ?? Object.fromEntries(arranged.widths())
  const order = createMemo(() => [NAME_COLUMN, ...arranged.columns()])
  const pinning = createMemo(() => ({ start: [NAME_COLUMN, ...arranged.pinned()], end: [] }))

  const table = createTable<typeof FEATURES, never>({
    features: FEATURES,
    data: [],
    columnResizeMode: 'onChange',
    get columns() {
      return definitions()
    },
    get state() {
      return {
        columnOrder: order(),
        columnPinning: pinning(),
        columnSizing: sizing(),
        columnResizing: resizing(),
      }
    },
    onColumnSizingChange: (updater) => setDragged(resolve(updater, sizing())),
    onColumnResizingChange(updater) {
      const next = resolve(updater, resizing())
      const isOver = resizing().isResizingColumn !== false && next.isResizingColumn === false
      batch(() => {
        setResizing(next)
        const widths = dragged()
        if (!isOver || widths === null) return
        arranged.onWidths(Object.entries(widths).map(([id, width]) => [id, clamp(width)] as const))
        setDragged(null)
      })
    },
  })

  const pinned = createColumnList(() => table.getStartLeafColumns().map(({ id }) => id))
  const center = createColumnList(() => table.getCenterLeafColumns().map(({ id }) => id))
  const widths = createMemo(() => {
    sizing()
    return new Map(table.getAllLeafColumns().map((column) => [column.id, column.getSize()]))
  })
  const width = (id: ColumnId): number => widths().get(id) ?? arranged.initialWidth(id)

  const all = createMemo(() => [...pinned(), ...center()])
  const places = createMemo(() => new Map(all().map((id, index) => [id, index + 1])))

  return {
    pinned,
    center,
    all,
    place: (id) => places().get(id) ?? 0,
    width,
    pinnedStart: (id) =>
      pinned()
        .slice(0, pinned().indexOf(id))
        .reduce((sum, each) => sum + width(each), 0),
    pinnedWidth: createMemo(() => pinned().reduce((sum, id) => sum + width(id), 0)),
    startResize(id, event) {
      const header = table.getFlatHeaders().find(({ column }) => column.id === id)
      header?.getResizeHandler()(event)
    },
    resize(id, to) {
      const others = arranged.widths().filter(([each]) => each !== id)
      arranged.onWidths([...others, [id, clamp(to)]])
    },
  }
}

/** A list of columns that changes only when another column is in it. */
function createColumnList(ids: () => readonly ColumnId[]): Accessor<readonly ColumnId[]> {
  return createMemo(ids, [], {
    equals: (a, b) => a.length === b.length && a.every((id, at) => id === b[at]),
  })
}

const NOT_RESIZING: ColumnResizingState = {
  startOffset: null,
  startSize: null,
  deltaOffset: null,
  deltaPercentage: null,
  isResizingColumn: false,
  columnSizingStart: [],
}

function clamp(width: number): number {
  return Math.round(Math.min(MAX_COLUMN_WIDTH, Math.max(MIN_COLUMN_WIDTH, width)))
}

function resolve<T>(updater: Updater<T>, before: T): T {
  return typeof updater === 'function' ? (updater as (before: T) => T)(before) : updater
}
