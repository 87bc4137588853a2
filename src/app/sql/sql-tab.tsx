import Play from 'lucide-solid/icons/play'
import { createMemo, createSignal, Show } from 'solid-js'
import { MAX_SQL_LENGTH } from '../../protocol/sql-api.ts'
import { useCommands } from '../shell/create-commands.ts'
import { createSqlConsole } from './create-sql-console.ts'
import { createSqlLive } from './create-sql-live.ts'
import { createSqlHistory } from './sql-history.ts'
import { useTracker } from '../tracker/tracker.ts'
import { Button } from '../../widgets/button.tsx'
import { KeyHint } from '../../widgets/key-hint.tsx'
import { createResize } from '../../widgets/create-resize.ts'
import { MenuButton } from '../../widgets/menu-button.tsx'
import type { MenuEntry } from '../../widgets/menu.tsx'
import { Popover } from '../../widgets/popover.tsx'
import { ResizeHandle } from '../../widgets/resize-handle.tsx'
import { Toggle } from '../../widgets/toggle.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { createNames } from './create-names.ts'
import { createQueryText } from './create-query-text.ts'
import { createResultExports } from './create-result-exports.ts'
import { sqlCommands } from './sql-commands.ts'
import { SqlEditor, type SqlEditorHandle } from './sql-editor.tsx'
import { firstRowsOf, sqlExamples } from './sql-examples.ts'
import { SqlProblemLine } from './sql-problem.tsx'
import { SqlResultView } from './sql-result-view.tsx'
import { SqlTables } from './sql-tables.tsx'
import { SqlStart } from './sql-start.tsx'
import { SqlWorkWords } from './sql-work-words.tsx'
import './sql-tab.css'

/** Unit: CSS pixels. */
const EDITOR_HEIGHT = 168
/** Of the editor and of what lies below it. Unit: CSS pixels. */
const LEAST_HEIGHT = 72

/** More letters of a query fit into no menu. */
const MAX_ENTRY_LENGTH = 120

/** A console over the public schema, live while training runs. */
export function SqlTab() {
  const tracker = useTracker()
  const { arrangement, database, experimentId, ranking } = useExperiment()
  const console = createSqlConsole(tracker, database)
  const { live, setLive } = createSqlLive(tracker, database, console)
  const { work, result, problem } = console
  const history = createSqlHistory()
  const names = createNames()
  const query = createQueryText(console)
  const exports = createResultExports(console)
  let editor: SqlEditorHandle | undefined
  const [tables, setTables] = createSignal(false)
  let tablesButton: HTMLButtonElement | undefined
  let root: HTMLDivElement | undefined
  const resize = createResize({
    along: 'y',
    initial: EDITOR_HEIGHT,
    min: LEAST_HEIGHT,
    max: () => (root?.clientHeight ?? innerHeight) - LEAST_HEIGHT,
  })

  const examples = createMemo(() => {
    const metric = ranking.metric() ?? 'loss'
    return sqlExamples(experimentId, metric, arrangement.directionOf(metric))
  })

  /** Runs the query the cursor is in. */
  function run(): void {
    const sql = query.runAt(editor?.cursor ?? 0)
    if (sql !== '') history.add(sql)
  }

  function show(sql: string): void {
    query.replace(sql)
    run()
    editor?.focus()
  }

  function insert(name: string): void {
    const at = editor?.cursor ?? 0
    editor?.replace(at, at, name)
    editor?.focus()
  }

  const past = createMemo((): readonly MenuEntry[] => {
    const { queries, clear } = history
    if (queries().length === 0) return []
    const entries = queries().map((sql) => ({ text: shortened(sql), run: () => show(sql) }))
    return [...entries, null, { text: 'Clear history', run: clear }]
  })

  useCommands().offer(() =>
    sqlCommands({ console, examples: examples(), exports: exports.entries(), run, show }),
  )

  return (
    <div class="sql-tab" ref={(element) => (root = element)}>
      <div class="sql-tab-editor" style={{ height: `${resize.size()}px` }}>
        <SqlEditor
          ref={(handle) => (editor = handle)}
          value={query.text()}
          maxLength={MAX_SQL_LENGTH}
          wrong={query.wrong()}
          names={names()}
          onEdit={query.edit}
          onRun={run}
          onEscape={() => work() !== null && (console.cancel(), true)}
        />
      </div>
      <ResizeHandle label="Height of the editor" resize={resize} />
      <div class="sql-tab-toolbar" role="toolbar" aria-label="Query">
        <Show
          when={work()}
          fallback={
            <Button look="primary" onClick={run}>
              <Play size={13} aria-hidden="true" />
              {query.several() ? 'Run this query' : 'Run'}
              <KeyHint chord="mod+enter" />
            </Button>
          }
        >
          {(now) => (
            <>
              <Button onClick={console.cancel}>
                Cancel <KeyHint chord="escape" />
              </Button>
              <SqlWorkWords work={now()} />
            </>
          )}
        </Show>
        <Show when={console.cancelled()}>
          <span class="sql-tab-said" role="status">
            Cancelled
          </span>
        </Show>
        <Show when={exports.copied()}>
          <span class="sql-tab-said" role="status">
            Copied
          </span>
        </Show>
        <span class="sql-tab-toolbar-gap" />
        <Show when={result() !== null && result()?.isOfCopy === false}>
          <Toggle label="Live" on={live()} onChange={setLive} />
        </Show>
        <Button
          look="quiet"
          aria-haspopup="dialog"
          aria-expanded={tables()}
          ref={(element: HTMLButtonElement) => (tablesButton = element)}
          onClick={() => setTables(true)}
        >
          Tables
        </Button>
        <Show when={tables() && tablesButton}>
          {(anchor) => (
            <Popover label="Tables and columns" anchor={anchor()} onClose={() => setTables(false)}>
              <div class="sql-tab-tables">
                <SqlTables onInsert={insert} onLook={(table) => show(firstRowsOf(table))} />
              </div>
            </Popover>
          )}
        </Show>
        <MenuButton
          label="Examples"
          entries={examples().map(({ title, sql }) => ({ text: title, run: () => show(sql) }))}
        />
        <MenuButton label="History" entries={past()} />
        <MenuButton
          label="Export"
          entries={exports.entries()}
          disabled={result() === null || work() !== null}
        />
      </div>
      <SqlProblemLine
        problem={problem()}
        isFresh={query.isFresh()}
        onFix={(from, to, by) => {
          const offset = query.ranFrom()
          editor?.replace(from + offset, to + offset, by)
          run()
          editor?.focus()
        }}
      />
      <Show
        when={result()}
        fallback={
          <Show when={work() === null && problem() === null}>
            <SqlStart examples={examples()} onChoose={show} onInsert={insert} />
          </Show>
        }
      >
        {(shown) => (
          <SqlResultView result={shown()} canLoad={work() === null} onMore={() => void console.loadMore()} />
        )}
      </Show>
    </div>
  )
}

/** A query without its comments, on one line. */
function shortened(sql: string): string {
  const lines = sql.split('\n').filter((line) => !line.startsWith('--'))
  return lines.join(' ').replaceAll(/\s+/g, ' ').trim().slice(0, MAX_ENTRY_LENGTH) || sql
}
