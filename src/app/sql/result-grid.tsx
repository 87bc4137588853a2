import { createVirtualizer } from '@tanstack/solid-virtual'
import { createMemo, For, Show } from 'solid-js'
import type { SqlColumn, SqlValue } from '../../protocol/sql-api.ts'
import { formatCount } from '../../widgets/number-format.ts'
import { cellWords } from './sql-words.ts'
import './result-grid.css'

interface ResultGridProps {
  readonly columns: readonly SqlColumn[]
  readonly rows: number
}

/** Unit: CSS pixels. */
const ROW_HEIGHT = 26
const OVERSCAN = 10

/** A table wider than this is read in a file. */
const MAX_COLUMNS = 200

/** Rows that tell how wide a column is. */
const MEASURED_ROWS = 200
const MIN_LETTERS = 5
const MAX_LETTERS = 42
/** Unit: CSS pixels; a letter of the text at 13 px, and the room around it. */
const LETTER_WIDTH = 8.4
const CELL_PADDING = 26

/** The rows of a result, of which only those near the viewport exist. */
export function ResultGrid(props: ResultGridProps) {
  let scroller: HTMLDivElement | undefined
  const columns = createMemo(() => props.columns.slice(0, MAX_COLUMNS))
  const widths = createMemo(() => columns().map(widthOf).join(' '))
  const virtualizer = createVirtualizer({
    get count() {
      return props.rows
    },
    getScrollElement: () => scroller ?? null,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  })

  return (
    <>
      <div
        class="result-grid"
        ref={(element) => (scroller = element)}
        role="table"
        aria-label="Result"
        aria-rowcount={props.rows + 1}
        aria-colcount={columns().length}
        tabindex={0}
        style={{ '--columns': widths() }}
      >
        <div class="result-grid-head" role="rowgroup">
          <div class="result-grid-row" role="row" aria-rowindex={1}>
            <For each={columns()}>
              {({ name, kind }) => (
                <span
                  class="result-grid-cell"
                  classList={{ 'is-number': isNumeric(kind) }}
                  role="columnheader"
                  title={name}
                  dir="auto"
                >
                  {name}
                </span>
              )}
            </For>
          </div>
        </div>
        <div
          class="result-grid-body"
          role="rowgroup"
          style={{ '--height': `${virtualizer.getTotalSize()}px` }}
        >
          <For each={virtualizer.getVirtualItems()}>
            {(place) => (
              <Show when={place.index < props.rows}>
                <div
                  class="result-grid-row"
                  role="row"
                  aria-rowindex={place.index + 2}
                  style={{ '--top': `${place.start}px` }}
                >
                  <For each={columns()}>
                    {(column) => <Cell value={column.values[place.index] ?? null} />}
                  </For>
                </div>
              </Show>
            )}
          </For>
        </div>
      </div>
      <Show when={props.columns.length > MAX_COLUMNS}>
        <p class="result-grid-note">
          {MAX_COLUMNS} of {formatCount(props.columns.length)} columns are shown; export has all.
        </p>
      </Show>
    </>
  )
}

function Cell(props: { readonly value: SqlValue }) {
  const text = (): string => cellWords(props.value)
  return (
    <span
      class="result-grid-cell"
      classList={{
        'is-null': props.value === null,
        'is-number': typeof props.value === 'number' || typeof props.value === 'bigint',
      }}
      role="cell"
      title={text()}
      dir="auto"
    >
      {text()}
    </span>
  )
}

function isNumeric(kind: SqlColumn['kind']): boolean {
  return kind === 'integer' || kind === 'real'
}

/** As wide as its longest value among the first ones. */
function widthOf({ name, values }: SqlColumn): string {
  const lengths = values.slice(0, MEASURED_ROWS).map((value) => cellWords(value).length)
  const letters = Math.max(MIN_LETTERS, name.length, ...lengths)
  return `${Math.round(Math.min(MAX_LETTERS, letters) * LETTER_WIDTH + CELL_PADDING)}px`
}
