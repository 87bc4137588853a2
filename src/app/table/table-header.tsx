import ArrowDown from 'lucide-solid/icons/arrow-down'
import ArrowUp from 'lucide-solid/icons/arrow-up'
import Ellipsis from 'lucide-solid/icons/ellipsis-vertical'
import { createMemo, createSignal, For, Show, type Accessor } from 'solid-js'
import { NAME_COLUMN, type ColumnId } from '../workspace/table-columns.ts'
import { Menu } from '../../widgets/menu.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { columnEntries } from './column-entries.ts'
import { columnName, columnWords } from './column-words.ts'
import { SelectBox } from './select-box.tsx'
import { HEADER_ROW, useTable } from './table-context.ts'
import './table-header.css'

interface TableHeaderProps {
  /** Those in view. */
  readonly center: Accessor<readonly ColumnId[]>
  /** The column whose header can be reached by Tab; null when a cell can. */
  readonly active: ColumnId | null
}

/** What the columns are called; sorts, moves and resizes them. */
export function TableHeader(props: TableHeaderProps) {
  const { columns } = useTable()
  const [dragged, setDragged] = createSignal<ColumnId | null>(null)
  const cell = (id: ColumnId, left: () => number | null) => (
    <HeaderCell
      column={id}
      left={left()}
      isActive={props.active === id}
      dragged={dragged()}
      onDrag={setDragged}
    />
  )
  return (
    <div class="table-header" role="row" aria-rowindex={1} data-row={HEADER_ROW}>
      <For each={columns.pinned()}>{(id) => cell(id, () => columns.pinnedStart(id))}</For>
      <div />
      <For each={props.center()}>{(id) => cell(id, () => null)}</For>
    </div>
  )
}

interface HeaderCellProps {
  readonly column: ColumnId
  /** Where it stays; null when it is scrolled. Unit: CSS pixels. */
  readonly left: number | null
  readonly isActive: boolean
  /** The column whose header is in the air. */
  readonly dragged: ColumnId | null
  onDrag(column: ColumnId | null): void
}

function HeaderCell(props: HeaderCellProps) {
  const experiment = useExperiment()
  const table = useTable()
  const { arrangement, columns, isNumeric, selection, runIds } = table
  const [menu, setMenu] = createSignal<HTMLElement | null>(null)
  const [isOver, setOver] = createSignal(false)
  const words = createMemo(() => columnWords(props.column))
  const place = createMemo(() => arrangement.view().sort.findIndex(({ column }) => column === props.column))
  const direction = createMemo(() => arrangement.view().sort[place()]?.direction ?? null)
  const isName = (): boolean => props.column === NAME_COLUMN
  const isAll = createMemo(() => runIds().length > 0 && selection.selected().size === runIds().length)

  return (
    <div
      class="table-header-cell"
      classList={{
        'is-pinned': props.left !== null,
        'is-number': isNumeric(props.column),
        'is-sorted': direction() !== null,
        'is-target': isOver() && props.dragged !== null && props.dragged !== props.column,
        'is-dragged': props.dragged === props.column,
      }}
      role="columnheader"
      aria-colindex={columns.place(props.column)}
      aria-sort={direction() ?? 'none'}
      tabindex={props.isActive ? 0 : -1}
      data-column={props.column}
      title={`${columnName(props.column)}\nClick sorts, with Shift by several. Alt+↓ opens the menu.`}
      style={props.left === null ? {} : { left: `${props.left}px` }}
      draggable={!isName()}
      onDragStart={(event) => {
        event.dataTransfer?.setData('text/x-kymo-column', props.column)
        props.onDrag(props.column)
      }}
      onDragEnd={() => props.onDrag(null)}
      onDragOver={(event) => {
        if (props.dragged === null || isName()) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        const { dragged } = props
        if (dragged === null) return
        event.preventDefault()
        event.stopPropagation()
        arrangement.moveTo(dragged, props.column)
        props.onDrag(null)
      }}
    >
      <Show when={isName()}>
        <SelectBox
          label="Select all runs"
          state={isAll() ? true : selection.selected().size > 0 ? 'mixed' : false}
          action="select-all"
        />
      </Show>
      <span class="table-header-text" data-action="sort">
        <span class="table-header-title" dir="auto">
          {words().title}
        </span>
        <Show when={words().detail !== ''}>
          <span class="table-header-detail">{words().detail}</span>
        </Show>
        <Show when={direction()}>
          {(sorted) => (
            <span class="table-header-sort" aria-hidden="true">
              <Show when={sorted() === 'ascending'} fallback={<ArrowDown size={12} />}>
                <ArrowUp size={12} />
              </Show>
              <Show when={arrangement.view().sort.length > 1}>{place() + 1}</Show>
            </span>
          )}
        </Show>
      </span>
      <button
        type="button"
        class="table-header-menu"
        tabindex={-1}
        aria-label={`Menu of ${columnName(props.column)}`}
        aria-haspopup="menu"
        data-action="menu"
        onClick={(event) => setMenu(event.currentTarget)}
      >
        <Ellipsis size={14} />
      </button>
      <div
        class="table-header-edge"
        aria-hidden="true"
        onMouseDown={(event) => {
          event.preventDefault()
          columns.startResize(props.column, event)
        }}
        onTouchStart={(event) => columns.startResize(props.column, event)}
        onClick={(event) => event.stopPropagation()}
      />
      <Show when={menu()}>
        {(anchor) => (
          <Menu
            label={`Menu of ${columnName(props.column)}`}
            anchor={anchor()}
            entries={columnEntries(
              table,
              props.column,
              experiment.readOnly ? null : experiment.arrangement.setDirection,
            )}
            onClose={() => setMenu(null)}
          />
        )}
      </Show>
    </div>
  )
}
