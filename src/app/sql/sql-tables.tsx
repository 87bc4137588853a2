import { For } from 'solid-js'
import { PUBLIC_SCHEMA, PUBLIC_TABLES } from '../../protocol/public-schema.ts'
import { formatPlural } from '../../widgets/number-format.ts'
import './sql-tables.css'

interface SqlTablesProps {
  /** Puts a name where the cursor is. */
  onInsert(name: string): void
  /** Shows the first rows of a table. */
  onLook(table: string): void
}

/** Every table that can be asked, and its columns. */
export function SqlTables(props: SqlTablesProps) {
  return (
    <ul class="sql-tables" aria-label="Tables">
      <For each={PUBLIC_TABLES}>
        {(table) => (
          <li>
            <details>
              <summary class="sql-tables-table">
                <code>{table}</code>
                <span class="sql-tables-count">{formatPlural(PUBLIC_SCHEMA[table].length, 'column')}</span>
              </summary>
              <div class="sql-tables-columns">
                <button type="button" class="sql-tables-look" onClick={() => props.onLook(table)}>
                  Show its first rows
                </button>
                <For each={PUBLIC_SCHEMA[table]}>
                  {(column) => (
                    <button
                      type="button"
                      class="sql-tables-column"
                      title="Put it into the query"
                      onClick={() => props.onInsert(column)}
                    >
                      <code>{column}</code>
                    </button>
                  )}
                </For>
              </div>
            </details>
          </li>
        )}
      </For>
    </ul>
  )
}
