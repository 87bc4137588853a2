import { createMemo, For, Show, type Accessor, type JSX } from 'solid-js'
import { NAME_COLUMN, type ColumnId } from '../workspace/table-columns.ts'
import type { TableRow } from './table-rows.ts'
import { GroupNameCell, GroupValueCell } from './group-row.tsx'
import { NameCell } from './name-cell.tsx'
import { TableCell } from './table-cell.tsx'
import { useTable } from './table-context.ts'
import './table-row.css'

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
  const { selection } = useTable()
  const run = createMemo(() => (props.row.kind === 'run' ? props.row : null))
  const head = createMemo(() => (props.row.kind === 'group' ? props.row : null))
  const isSelected = createMemo(() => {
    const shown = run()
    return shown !== null && selection.selected().has(shown.runId)
  })
  return (
    <div
      class="table-row"
      classList={{
        'is-selected': isSelected(),
        'is-group': head() !== null,
        'is-baseline': props.top === null,
      }}
      role="row"
      aria-rowindex={props.rowIndex}
      aria-selected={run() === null ? undefined : isSelected()}
      data-row={props.row.key}
      style={props.top === null ? {} : { transform: `translateY(${props.top}px)` }}
    >
      <Show when={head()}>
        {(shown) => (
          <Cells center={props.center} active={props.active}>
            {(id) =>
              id === NAME_COLUMN ? (
                <GroupNameCell group={shown().group} isClosed={shown().isClosed} />
              ) : (
                <GroupValueCell group={shown().group} column={id} />
              )
            }
          </Cells>
        )}
      </Show>
      <Show when={run()}>
        {(shown) => {
          const runId = createMemo(() => shown().runId)
          const isBaseline = createMemo(() => shown().isBaseline)
          return (
            <Cells center={props.center} active={props.active}>
              {(id) =>
                id === NAME_COLUMN ? (
                  <NameCell runId={runId()} isBaseline={isBaseline()} />
                ) : (
                  <TableCell runId={runId()} column={id} isBaseline={isBaseline()} />
                )
              }
            </Cells>
          )
        }}
      </Show>
    </div>
  )
}

interface CellsProps {
  readonly center: Accessor<readonly ColumnId[]>
  readonly active: ColumnId | null
  /** What is in the cell of a column. */
  readonly children: (id: ColumnId) => JSX.Element
}

/** The cells of a row: those that stay, what is scrolled out, and those in view. */
function Cells(props: CellsProps) {
  const { columns } = useTable()
  return (
    <>
      <For each={columns.pinned()}>
        {(id) => (
          <Cell column={id} left={columns.pinnedStart(id)} isActive={props.active === id}>
            {props.children(id)}
          </Cell>
        )}
      </For>
      <div />
      <For each={props.center()}>
        {(id) => (
          <Cell column={id} left={null} isActive={props.active === id}>
            {props.children(id)}
          </Cell>
        )}
      </For>
    </>
  )
}

interface CellProps {
  readonly column: ColumnId
  /** Where it stays; null when it is scrolled. Unit: CSS pixels. */
  readonly left: number | null
  readonly isActive: boolean
  readonly children: JSX.Element
}

function Cell(props: CellProps) {
  const { columns, isNumeric } = useTable()
  return (
    <div
      class="table-row-cell"
      classList={{ 'is-pinned': props.left !== null, 'is-number': isNumeric(props.column) }}
      role={props.column === NAME_COLUMN ? 'rowheader' : 'gridcell'}
      aria-colindex={columns.place(props.column)}
      tabindex={props.isActive ? 0 : -1}
      data-column={props.column}
      style={props.left === null ? {} : { left: `${props.left}px` }}
    >
      {props.children}
    </div>
  )
}
