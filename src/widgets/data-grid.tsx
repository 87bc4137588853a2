import ArrowDown from 'lucide-solid/icons/arrow-down'
import ArrowUp from 'lucide-solid/icons/arrow-up'
import { createVirtualizer } from '@tanstack/solid-virtual'
import { createEffect, createMemo, For, on, Show, type JSX } from 'solid-js'
import './data-grid.css'

export interface DataGridColumn {
  readonly name: string
  readonly isNumber: boolean
  /** Unit: CSS pixels. */
  readonly width: number
}

export interface DataGridSort {
  readonly column: number
  readonly descending: boolean
}

interface DataGridProps {
  readonly label: string
  readonly columns: readonly DataGridColumn[]
  readonly rows: number
  /** Unit: CSS pixels; a line of text when left out. */
  readonly rowHeight?: number
  /** Its text begins where that of a whole screen does. */
  readonly isInset?: boolean
  readonly sort?: DataGridSort | null
  /** Left out where the order is given. */
  onSort?(column: number): void
  /** A `DataGridCell`. */
  cell(row: number, column: number): JSX.Element
}

/** Unit: CSS pixels. */
const ROW_HEIGHT = 26
const OVERSCAN = 10

/** Rows that tell how wide a column is. */
const MEASURED_ROWS = 200
const MIN_LETTERS = 5
const MAX_LETTERS = 42
/** Unit: CSS pixels; a letter of the text at 13 px, and the room around it. */
const LETTER_WIDTH = 8.4
const CELL_PADDING = 26

/** Rows and columns, of which only the rows near the viewport exist. */
export function DataGrid(props: DataGridProps) {
  let scroller: HTMLDivElement | undefined
  const rowHeight = (): number => props.rowHeight ?? ROW_HEIGHT
  const widths = createMemo(() => props.columns.map(({ width }) => `${width}px`).join(' '))
  const virtualizer = createVirtualizer({
    get count() {
      return props.rows
    },
    getScrollElement: () => scroller ?? null,
    estimateSize: rowHeight,
    overscan: OVERSCAN,
  })
  createEffect(on(rowHeight, () => virtualizer.measure(), { defer: true }))

  return (
    <div
      class="data-grid"
      classList={{ 'is-inset': props.isInset === true }}
      ref={(element) => (scroller = element)}
      role="table"
      aria-label={props.label}
      aria-rowcount={props.rows + 1}
      aria-colcount={props.columns.length}
      tabindex={0}
      style={{ '--columns': widths(), '--row': `${rowHeight()}px` }}
    >
      <div class="data-grid-head" role="rowgroup">
        <div class="data-grid-row" role="row" aria-rowindex={1}>
          <For each={props.columns}>
            {(column, index) => (
              <div
                class="data-grid-cell"
                classList={{ 'is-number': column.isNumber }}
                role="columnheader"
                dir="auto"
                title={column.name}
                aria-sort={ariaSort(props, index())}
              >
                <Show when={props.onSort} fallback={column.name}>
                  {(sortBy) => (
                    <SortButton
                      name={column.name}
                      order={ariaSort(props, index())}
                      onClick={() => sortBy()(index())}
                    />
                  )}
                </Show>
              </div>
            )}
          </For>
        </div>
      </div>
      <div class="data-grid-body" role="rowgroup" style={{ '--height': `${virtualizer.getTotalSize()}px` }}>
        <For each={virtualizer.getVirtualItems()}>
          {(place) => (
            <Show when={place.index < props.rows}>
              <div
                class="data-grid-row"
                role="row"
                aria-rowindex={place.index + 2}
                style={{ '--top': `${place.start}px` }}
              >
                <For each={props.columns}>{(_, column) => props.cell(place.index, column())}</For>
              </div>
            </Show>
          )}
        </For>
      </div>
    </div>
  )
}

interface DataGridCellProps {
  readonly isNumber: boolean
  readonly isMissing: boolean
  /** Said in full where there may be no room. */
  readonly title?: string | undefined
  readonly children: JSX.Element
}

export function DataGridCell(props: DataGridCellProps) {
  return (
    <div
      class="data-grid-cell"
      classList={{ 'is-number': props.isNumber, 'is-missing': props.isMissing }}
      role="cell"
      dir="auto"
      title={props.title}
    >
      {props.children}
    </div>
  )
}

/** Wide enough for its head and the longest of the first values, as `words` shows them. Unit: CSS pixels. */
export function columnWidth<T>(
  headLetters: number,
  values: readonly T[],
  words: (value: T) => string,
): number {
  const lengths = values.slice(0, MEASURED_ROWS).map((value) => words(value).length)
  const letters = Math.max(MIN_LETTERS, headLetters, ...lengths)
  return Math.round(Math.min(MAX_LETTERS, letters) * LETTER_WIDTH + CELL_PADDING)
}

type Order = 'ascending' | 'descending' | 'none'

function ariaSort({ sort, onSort }: DataGridProps, column: number): Order | undefined {
  if (onSort === undefined) return undefined
  if (sort?.column !== column) return 'none'
  return sort.descending ? 'descending' : 'ascending'
}

interface SortButtonProps {
  readonly name: string
  readonly order: Order | undefined
  onClick(): void
}

function SortButton(props: SortButtonProps) {
  return (
    <button
      type="button"
      class="data-grid-sort"
      title={`Sort by ${props.name}`}
      onClick={() => props.onClick()}
    >
      <bdi>{props.name}</bdi>
      <Show when={props.order !== 'none'}>
        {props.order === 'descending' ? <ArrowDown size={11} /> : <ArrowUp size={11} />}
      </Show>
    </button>
  )
}
