import { createMemo, createSignal } from 'solid-js'
import type { TableColumnContent, TableContent } from '../../model/media-content/table-content.ts'
import { arrangedRows, cellText, isFileType, type TableSort } from '../../model/media-content/table-rows.ts'
import { Button } from '../button.tsx'
import { columnWidth, DataGrid } from '../data-grid.tsx'
import { formatPlural } from '../number-format.ts'
import { shownCell, TableCellView } from './table-cell-view.tsx'
import './table-grid-view.css'

interface TableGridViewProps {
  readonly content: TableContent
  readonly label: string
  /** Rows as they are shown, the names of the columns first; what is a file is left empty. */
  onCopy(rows: readonly (readonly string[])[]): void
  onSave(rows: readonly (readonly string[])[]): void
}

/** Unit: CSS pixels. */
const FILE_ROW_HEIGHT = 56
/** As wide as so many is the mark of the order. */
const ARROW_LETTERS = 2
const FILE_WIDTH = { image: 116, audio: 240, video: 120 } as const

/** The rows of a logged table, sorted and filtered as asked. */
export function TableGridView(props: TableGridViewProps) {
  const [text, setText] = createSignal('')
  const [sort, setSort] = createSignal<TableSort | null>(null)
  const rows = createMemo(() => arrangedRows(props.content, text(), sort()))
  const columns = createMemo(() =>
    props.content.columns.map((column) => ({
      name: column.name,
      isNumber: column.type === 'number',
      width: widthOf(column),
    })),
  )
  const hasFiles = createMemo(() => props.content.columns.some(({ type }) => isFileType(type)))

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
          placeholder="Search the rows"
          aria-label={`Search ${props.label}`}
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
      <DataGrid
        label={props.label}
        columns={columns()}
        rows={rows().length}
        {...(hasFiles() ? { rowHeight: FILE_ROW_HEIGHT } : {})}
        sort={sort()}
        onSort={sortBy}
        cell={(row, column) => (
          <TableCellView content={props.content} index={column} row={rows()[row] ?? 0} />
        )}
      />
    </div>
  )
}

/** A file has the room of a thumbnail. Unit: CSS pixels. */
function widthOf({ name, type, cells }: TableColumnContent): number {
  if (type === 'image' || type === 'audio' || type === 'video') return FILE_WIDTH[type]
  return columnWidth(name.length + ARROW_LETTERS, cells, shownCell)
}
