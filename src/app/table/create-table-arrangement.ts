import { createMemo, type Accessor } from 'solid-js'
import type { Direction } from '../../model/experiment.ts'
import type { RunId } from '../../model/units.ts'
import { MAX_SORTS } from '../../protocol/run-query.ts'
import type { Workspace } from '../workspace/create-workspace.ts'
import { NAME_COLUMN, parseColumnId, type ColumnId } from '../workspace/table-columns.ts'
import {
  MAX_CLOSED_GROUPS,
  MAX_TABLE_COLUMNS,
  MAX_TABLE_GROUPS,
  type GroupAggregate,
  type TableSort,
  type TableView,
} from '../workspace/table-view.ts'

type SortDirection = TableSort['direction']

/** How the table is arranged, and what the user does about it; all of it can be undone. */
export interface TableArrangement {
  readonly view: Accessor<TableView>
  /** Without the name, which comes first. */
  readonly columns: Accessor<readonly ColumnId[]>
  readonly pinned: Accessor<readonly ColumnId[]>
  /** By the next of its directions, then not at all; `adds` keeps what it is sorted by already. */
  sortBy(id: ColumnId, adds: boolean): void
  setSort(id: ColumnId, direction: SortDirection): void
  show(id: ColumnId): void
  hide(id: ColumnId): void
  /** Another column in the place of this one. */
  replace(id: ColumnId, by: ColumnId): void
  /** One place to the left (−1) or to the right (1), among those that are pinned as it is. */
  move(id: ColumnId, by: -1 | 1): void
  moveTo(id: ColumnId, target: ColumnId): void
  setPinned(id: ColumnId, pinned: boolean): void
  setWidths(widths: TableView['widths']): void
  /** Heads from the outermost on; none for no groups. */
  groupBy(ids: readonly ColumnId[]): void
  setAggregate(aggregate: GroupAggregate): void
  toggleGroup(key: string): void
  setBaseline(runId: RunId | null): void
  reset(): void
}

/** `likely`: the columns until the user chooses; `directionOf`: which way a metric improves. */
export function createTableArrangement(
  workspace: Workspace,
  likely: Accessor<readonly ColumnId[]>,
  directionOf: (metric: string) => Direction,
): TableArrangement {
  const view = workspace.pick('table')
  const columns = createMemo(() => view().columns ?? likely())
  const pinned = createMemo(() => view().pinned.filter((id) => columns().includes(id)))

  function change(label: string, part: Partial<TableView>, kind?: string): void {
    workspace.change(label, { table: { ...view(), ...part } }, kind)
  }

  function setColumns(label: string, next: readonly ColumnId[]): void {
    change(label, { columns: next.slice(0, MAX_TABLE_COLUMNS) })
  }

  function firstDirection(id: ColumnId): SortDirection {
    const column = parseColumnId(id)
    if (id === 'run:startedAt' || id === 'run:endedAt') return 'descending'
    if (column?.from !== 'metric' && column?.from !== 'curve') return 'ascending'
    return directionOf(column.key) === 'min' ? 'ascending' : 'descending'
  }

  function moveTo(id: ColumnId, target: ColumnId): void {
    if (id === target || id === NAME_COLUMN || target === NAME_COLUMN) return
    const isPinned = pinned().includes(target)
    const label = 'Move a column'
    if (isPinned) change(label, { pinned: moved(pinned(), id, pinned().indexOf(target)) })
    else {
      const next = moved(columns(), id, columns().indexOf(target))
      change(label, { columns: next, pinned: pinned().filter((each) => each !== id) })
    }
  }

  return {
    view,
    columns,
    pinned,
    moveTo,
    sortBy(id, adds) {
      const { sort } = view()
      const before = sort.find(({ column }) => column === id)
      const first = firstDirection(id)
      const second = first === 'ascending' ? 'descending' : 'ascending'
      const direction = before === undefined ? first : before.direction === first ? second : null
      const next = direction === null ? [] : [{ column: id, direction }]
      if (!adds) return change('Sort', { sort: next })
      const at = sort.findIndex(({ column }) => column === id)
      const kept = at < 0 ? [...sort, ...next] : [...sort.slice(0, at), ...next, ...sort.slice(at + 1)]
      change('Sort', { sort: kept.slice(0, MAX_SORTS) })
    },
    setSort: (column, direction) => change('Sort', { sort: [{ column, direction }] }),
    show: (id) => columns().includes(id) || setColumns('Show a column', [...columns(), id]),
    hide: (id) =>
      setColumns(
        'Hide a column',
        columns().filter((each) => each !== id),
      ),
    replace(id, by) {
      const put = (ids: readonly ColumnId[]): readonly ColumnId[] => [
        ...new Set(ids.map((each) => (each === id ? by : each))),
      ]
      change('Change a column', { columns: put(columns()), pinned: put(pinned()) })
    },
    move(id, by) {
      const isPinned = pinned().includes(id)
      const alike = isPinned ? pinned() : columns().filter((each) => !pinned().includes(each))
      const target = alike[alike.indexOf(id) + by]
      if (target === undefined) return
      const all = isPinned ? pinned() : columns()
      const next = moved(all, id, all.indexOf(target))
      change('Move a column', isPinned ? { pinned: next } : { columns: next })
    },
    setPinned(id, isPinned) {
      const rest = pinned().filter((each) => each !== id)
      change(isPinned ? 'Pin a column' : 'Unpin a column', { pinned: isPinned ? [...rest, id] : rest })
    },
    setWidths: (widths) =>
      change('Resize a column', { widths: widths.slice(-MAX_TABLE_COLUMNS) }, 'table-widths'),
    groupBy: (ids) =>
      change(ids.length === 0 ? 'Ungroup' : 'Group runs', {
        group: [...new Set(ids)].slice(0, MAX_TABLE_GROUPS),
        closed: [],
      }),
    setAggregate: (aggregate) => change('Sum groups up', { aggregate }),
    toggleGroup(key) {
      const { closed } = view()
      const isClosed = closed.includes(key)
      const next = isClosed ? closed.filter((each) => each !== key) : [...closed, key]
      change(isClosed ? 'Open a group' : 'Close a group', { closed: next.slice(-MAX_CLOSED_GROUPS) })
    },
    setBaseline: (baseline) =>
      change(baseline === null ? 'Remove the baseline' : 'Set the baseline', { baseline }),
    reset: () => change('Reset columns', { columns: null, pinned: [], widths: [] }),
  }
}

/** The columns with one of them at another place. */
function moved(ids: readonly ColumnId[], id: ColumnId, to: number): readonly ColumnId[] {
  const rest = ids.filter((each) => each !== id)
  return [...rest.slice(0, to), id, ...rest.slice(to)]
}
