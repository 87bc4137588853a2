import { For } from 'solid-js'
import type { SqlExample } from './sql-examples.ts'
import { firstRowsOf } from './sql-examples.ts'
import { SqlTables } from './sql-tables.tsx'
import { SqlNote } from './sql-note.tsx'
import './sql-start.css'

interface SqlStartProps {
  readonly examples: readonly SqlExample[]
  onChoose(sql: string): void
  onInsert(name: string): void
}

/** What stands where rows will: what can be asked, and examples of it. */
export function SqlStart(props: SqlStartProps) {
  return (
    <div class="sql-start">
      <SqlNote>
        Ask anything of these tables. The same queries run on an exported file. Nothing can be changed from
        here.
      </SqlNote>
      <ul class="sql-start-examples" aria-label="Examples">
        <For each={props.examples}>
          {({ title, detail, sql }) => (
            <li>
              <button type="button" class="sql-start-example" onClick={() => props.onChoose(sql)}>
                {title}
                <span class="sql-start-detail" dir="auto">
                  {detail}
                </span>
              </button>
            </li>
          )}
        </For>
      </ul>
      <SqlTables onInsert={props.onInsert} onLook={(table) => props.onChoose(firstRowsOf(table))} />
    </div>
  )
}
