import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { ExperimentId, RunId } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { PinsState } from '../experiment/create-pins.ts'
import { createRunSelection, type RunSelection } from './create-run-selection.ts'
import type { TableArrangement } from './create-table-arrangement.ts'
import { createTableCells, type TableCells } from './create-table-cells.ts'
import { isSameList } from '../shell/same-list.ts'
import { createTableOrder, type TableOrder } from './create-table-order.ts'
import { NAME_COLUMN, type ColumnId } from '../workspace/table-columns.ts'
import { groupTableRuns, type TableGroup } from './table-groups.ts'
import { makeTableRows, type TableRow } from './table-rows.ts'
import type { Tracker } from '../tracker/tracker.ts'

export interface TableContents {
  readonly order: TableOrder
  readonly cells: TableCells
  readonly rows: Accessor<readonly TableRow[]>
  readonly selection: RunSelection
  /** The runs that are in view, or about to be. */
  readonly near: Accessor<readonly RunId[]>
  /** Says which of the rows below the baseline are in view. Shape: [from, to). */
  setRange(from: number, to: number): void
}

/** What every row needs, whatever its columns: how it is called and when it lived. */
const OF_EVERY_ROW: readonly ColumnId[] = [
  NAME_COLUMN,
  'run:status',
  'run:startedAt',
  'run:endedAt',
  'run:archivedAt',
]

/** More than a screen holds: read before the first rows are shown. */
const ROWS_AT_FIRST = 60

/** The rows of a table and their cells, live. */
export function createTableContents(
  tracker: Tracker,
  place: { readonly database: DatabaseId; readonly experimentId: ExperimentId },
  filter: Accessor<string | undefined>,
  arrangement: TableArrangement,
  pins: PinsState,
): TableContents {
  const { view } = arrangement
  const [range, setRange] = createSignal<readonly [number, number]>([0, ROWS_AT_FIRST], {
    equals: (a, b) => a[0] === b[0] && a[1] === b[1],
  })
  const group = createMemo(() => view().group, [], { equals: isSameList })
  const baseline = createMemo(() => view().baseline)
  const pinnedRuns = createMemo(() => {
    const runId = baseline()
    return runId === null ? [] : [runId]
  })

  const found: TableOrder = createTableOrder(
    tracker,
    place,
    () => ({ filter: filter(), sort: view().sort }),
    (runIds) => cells.prepare(runIds),
  )
  const order: TableOrder = {
    ...found,
    runIds: createMemo(() => {
      const ids = found.runIds()
      return ids === undefined ? undefined : pins.first(ids, (id) => id)
    }),
  }
  const runIds = createMemo(() => order.runIds() ?? [])
  const cells: TableCells = createTableCells(tracker, place.database, {
    columns: createMemo(() => {
      const shown = arrangement.columns().filter((id) => !id.startsWith('curve:'))
      return [...new Set([...OF_EVERY_ROW, ...group(), ...shown])]
    }),
    runIds,
    inView: (ids) => [...pinnedRuns(), ...(group().length === 0 ? ids.slice(...range()) : nearRuns())],
  })

  let groupedBy: readonly ColumnId[] = []
  const groups = createMemo<readonly TableGroup[] | null>(
    (before) => {
      const by = group()
      if (by.length === 0) return null
      const isRead = (id: RunId): boolean => by.every((column) => cells.value(id, column) !== undefined)
      // Until all are read a run would stand in a group that is not its own.
      if (!runIds().every(isRead)) return groupedBy === by ? before : null
      groupedBy = by
      return groupTableRuns(runIds(), by, (id, column) => cells.value(id, column) ?? null)
    },
    null,
    { equals: isSameGroups },
  )
  const closedKeys = createMemo(() => view().closed)
  const closed = createMemo(() => new Set(closedKeys()))
  const makeRows = makeTableRows()
  const rows = createMemo(() => makeRows(runIds(), groups(), closed(), baseline()))
  const nearRuns = createMemo(() => {
    const [from, to] = range()
    return rows()
      .slice(from, to + 1)
      .flatMap((row) => (row.kind === 'run' ? row.runId : []))
  })

  return {
    order,
    cells,
    rows,
    selection: createRunSelection(runIds),
    near: createMemo(() => [...new Set([...pinnedRuns(), ...nearRuns()])]),
    setRange: (from, to) => setRange([from, to]),
  }
}

function isSameGroups(a: readonly TableGroup[] | null, b: readonly TableGroup[] | null): boolean {
  if (a === null || b === null) return a === b
  return (
    a.length === b.length &&
    a.every((group, index) => {
      const other = b[index]
      return (
        other?.key === group.key &&
        other.column === group.column &&
        isSameList(other.runIds, group.runIds) &&
        isSameGroups(other.groups, group.groups)
      )
    })
  )
}
