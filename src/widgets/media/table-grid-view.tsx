import ArrowDown from 'lucide-solid/icons/arrow-down'
import ArrowUp from 'lucide-solid/icons/arrow-up'
import { createVirtualizer } from '@tanstack/solid-virtual'
import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js'
import type { TableColumnContent, TableContent } from '../../model/media-content/table-content.ts'
import { arrangedRows, cellText, isFileType, type TableSort } from '../../model/media-content/table-rows.ts'
import { Button } from '../button.tsx'
import { formatPlural } from '../number-format.ts'
import { TableCellView } from './table-cell-view.tsx'
import './table-grid-view.css'

interface TableGridViewProps {
  readonly content: TableContent
  readonly label: string
  /** Rows as they are shown, the names of the columns first; what is a file is left empty. */
  onCopy(rows: readonly (readonly string[])[]): void
  onSave(rows: readonly (readonly string[])[]): void
}

/** Unit: CSS pixels. */
const ROW_HEIGHT = 26
const FILE_ROW_HEIGHT = 56
const OVERSCAN = 8

/** Rows that tell how wide a column is. */
const MEASURED_ROWS = 100
const MIN_LETTERS = 4
const MAX_LETTERS = 42
/** Unit: CSS pixels; a letter of the text at 13 px, and the room around it. */
const LETTER_WIDTH = 8
const CELL_PADDING = 24
const FILE_WIDTH = { image: 116, audio: 240, video: 120 } as const

/** The rows of a logged table, sorted and filtered as asked; only those near the viewport exist. */
export function TableGridView(props: TableGridViewProps) {
  let scroller: HTMLDivElement | undefined
  const [text, setText] = createSignal('')
  const [sort, setSort] = createSignal<TableSort | null>(null)
  const rows = createMemo(() => arrangedRows(props.content, text(), sort()))
  const rowHeight = createMemo(() =>
    props.content.columns.some(({ type }) => isFileType(type)) ? FILE_ROW_HEIGHT : ROW_HEIGHT,
  )
  const widths = createMemo(() => props.content.columns.map(widthOf).join(' '))
  const virtualizer = createVirtualizer({
    get count() {
      return rows().length
    },
    getScrollElement: () => scroller ?? null,
    estimateSize: () => rowHeight(),
    overscan: OVERSCAN,
  })
  createEffect(on(rowHeight, () => virtualizer.measure(), { defer: true }))

  /** Rising, falling, as logged. */
  function sortBy(column: number): void {
    setSort((known) => {
      if (known?.column !== column) return { column, descending: false }
      return known.descending ? null : { column, descending: true }
    })
  }

  const asTexts = (): readonly (readonly string[])[] => [
    props.content.columns.map(({ name }) => name),
    ...Array.from(rows(), (row) =>
      props.content.columns.map(({ type, cells }) => (isFileType(type) ? '' : cellText(cells[row]))),
    ),
  ]

  return (
    <div class="table-grid-view">
      <div class="table-grid-view-bar">
        <input
          type="search"
          placeholder="Find in the rows"
          aria-label={`Find in ${props.label}`}
          spellcheck={false}
          value={text()}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <span class="table-grid-view-count" role="status">
          {rows().length === props.content.rows
            ? formatPlural(rows().length, 'row')
            : `${rows().length} of ${formatPlural(props.content.rows, 'row')}`}
        </span>
        <Button look="quiet" onClick={() => props.onCopy(asTexts())}>
          Copy
        </Button>
        <Button look="quiet" onClick={() => props.onSave(asTexts())}>
          CSV
        </Button>
      </div>
      <div
        class="table-grid-view-scroll"
        ref={(element) => (scroller = element)}
        role="table"
        aria-label={props.label}
        aria-rowcount={rows().length + 1}
        aria-colcount={props.content.columns.length}
        tabindex={0}
        style={{ '--columns': widths(), '--row': `${rowHeight()}px` }}
      >
        <div class="table-grid-view-head" role="rowgroup">
          <div class="table-grid-view-row" role="row" aria-rowindex={1}>
            <For each={props.content.columns}>
              {({ name, type }, column) => (
                <div
                  role="columnheader"
                  class="table-grid-view-cell"
                  classList={{ 'is-number': type === 'number' }}
                  aria-sort={ariaSort(sort(), column())}
                >
                  <button type="button" title={`Sort by ${name}`} onClick={() => sortBy(column())}>
                    <bdi>{name}</bdi>
                    <Show when={sort()?.column === column()}>
                      {sort()?.descending === true ? <ArrowDown size={11} /> : <ArrowUp size={11} />}
                    </Show>
                  </button>
                </div>
              )}
            </For>
          </div>
        </div>
        <div
          class="table-grid-view-body"
          role="rowgroup"
          style={{ '--height': `${virtualizer.getTotalSize()}px` }}
        >
          <For each={virtualizer.getVirtualItems()}>
            {(place) => (
              <Show when={place.index < rows().length}>
                <div
                  class="table-grid-view-row"
                  role="row"
                  aria-rowindex={place.index + 2}
                  style={{ '--top': `${place.start}px` }}
                >
                  <For each={props.content.columns}>
                    {(column, index) => (
                      <TableCellView
                        content={props.content}
                        column={column}
                        index={index()}
                        row={rows()[place.index] ?? 0}
                      />
                    )}
                  </For>
                </div>
              </Show>
            )}
          </For>
        </div>
      </div>
    </div>
  )
}

function ariaSort(sort: TableSort | null, column: number): 'ascending' | 'descending' | 'none' {
  if (sort?.column !== column) return 'none'
  return sort.descending ? 'descending' : 'ascending'
}

/** As wide as its longest value among the first ones. */
function widthOf({ name, type, cells }: TableColumnContent): string {
  if (type === 'image' || type === 'audio' || type === 'video') return `${FILE_WIDTH[type]}px`
  const lengths = cells.slice(0, MEASURED_ROWS).map((cell) => cellText(cell).length)
  const letters = Math.max(MIN_LETTERS, name.length + 2, ...lengths)
  return `${Math.round(Math.min(MAX_LETTERS, letters) * LETTER_WIDTH + CELL_PADDING)}px`
}
