import { createMemo, Show } from 'solid-js'
import type { SqlColumn, SqlValue } from '../../protocol/sql-api.ts'
import { columnWidth, DataGrid, DataGridCell } from '../../widgets/data-grid.tsx'
import { formatCount } from '../../widgets/number-format.ts'
import { cellWords } from './sql-words.ts'
import './result-grid.css'

interface ResultGridProps {
  readonly columns: readonly SqlColumn[]
  readonly rows: number
}

/** A table wider than this is read in a file. */
const MAX_COLUMNS = 200

/** The rows of a result. */
export function ResultGrid(props: ResultGridProps) {
  const shown = createMemo(() => props.columns.slice(0, MAX_COLUMNS))
  const columns = createMemo(() =>
    shown().map(({ name, kind, values }) => ({
      name,
      isNumber: kind === 'integer' || kind === 'real',
      width: columnWidth(name.length, values, cellWords),
    })),
  )
  return (
    <>
      <DataGrid
        label="Result"
        columns={columns()}
        rows={props.rows}
        isInset
        cell={(row, column) => <Cell value={shown()[column]?.values[row] ?? null} />}
      />
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
    <DataGridCell
      isNumber={typeof props.value === 'number' || typeof props.value === 'bigint'}
      isMissing={props.value === null}
      title={text()}
    >
      {text()}
    </DataGridCell>
  )
}
