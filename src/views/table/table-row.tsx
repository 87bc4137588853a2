import { createMemo, For, Show, type Accessor } from 'solid-js'
import { NAME_COLUMN, type ColumnId } from '../../state/table-columns.ts'
import type { TableRow } from '../../state/table-rows.ts'
import { GroupNameCell, GroupValueCell } from './group-row.tsx'
import { NameCell } from './name-cell.tsx'
import { TableCell } from './table-cell.tsx'
import { useTable } from './table-context.ts'

interface TableRowViewProps {
  readonly row: TableRow
  /** Among all rows, the header being 1. */
  readonly rowIndex: number
  /** Where it stands; null for where it lies by itself. Unit: CSS pixels. */
  readonly top: number | null
  /** Those in view. */
  readonly center: Accessor<readonly ColumnId[]>
  /** The column whose cell can be reached by Tab; null in every row but one. */
  readonly active: ColumnId | null
}

/** One row: a run, the baseline, or the head of a group. */
export function TableRowView(props: TableRowViewProps) {
  const { columns, selection } = useTable()
  const row = (): TableRow => props.row
  const isSelected = createMemo(() => {
    const shown = row()
    return shown.kind === 'run' && selection.selected().has(shown.runId)
  })
  return (
    <div
      class="table-row"
      classList={{
        'is-selected': isSelected(),
        'is-group': row().kind === 'group',
        'is-baseline': props.top === null,
      }}
      role="row"
      aria-rowindex={props.rowIndex}
      aria-selected={row().kind === 'run' ? isSelected() : undefined}
      data-row={row().key}
      style={props.top === null ? {} : { transform: `translateY(${props.top}px)` }}
    >
      <For each={columns.pinned()}>
        {(id) => (
          <Cell row={row()} column={id} left={columns.pinnedStart(id)} isActive={props.active === id} />
        )}
      </For>
      <div class="table-gap" />
      <For each={props.center()}>
        {(id) => <Cell row={row()} column={id} left={null} isActive={props.active === id} />}
      </For>
    </div>
  )
}

interface CellProps {
  readonly row: TableRow
  readonly column: ColumnId
  /** Where it stays; null when it is scrolled. Unit: CSS pixels. */
  readonly left: number | null
  readonly isActive: boolean
}

function Cell(props: CellProps) {
  const { columns, isNumeric } = useTable()
  const run = createMemo(() => (props.row.kind === 'run' ? props.row : null))
  const head = createMemo(() => (props.row.kind === 'group' ? props.row : null))
  return (
    <div
      class="table-cell"
      classList={{ 'is-pinned': props.left !== null, 'is-number': isNumeric(props.column) }}
      role={props.column === NAME_COLUMN ? 'rowheader' : 'gridcell'}
      aria-colindex={columns.place(props.column)}
      tabindex={props.isActive ? 0 : -1}
      data-column={props.column}
      style={props.left === null ? {} : { left: `${props.left}px` }}
    >
      <Show when={run()}>
        {(shown) => (
          <Show
            when={props.column === NAME_COLUMN}
            fallback={
              <TableCell runId={shown().runId} column={props.column} isBaseline={shown().isBaseline} />
            }
          >
            <NameCell runId={shown().runId} isBaseline={shown().isBaseline} />
          </Show>
        )}
      </Show>
      <Show when={head()}>
        {(shown) => (
          <Show
            when={props.column === NAME_COLUMN}
            fallback={<GroupValueCell group={shown().group} column={props.column} />}
          >
            <GroupNameCell group={shown().group} isClosed={shown().isClosed} />
          </Show>
        )}
      </Show>
    </div>
  )
}
