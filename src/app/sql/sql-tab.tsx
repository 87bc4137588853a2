import Play from 'lucide-solid/icons/play'
import { createEffect, createMemo, createSignal, For, on, onCleanup, Show } from 'solid-js'
import { sqlStatements, statementAt, type SqlSpan } from '../../model/sql-text.ts'
import { MAX_SQL_LENGTH, type SqlFormat } from '../../protocol/sql-api.ts'
import { useCommands } from '../shell/create-commands.ts'
import { createSqlConsole } from './create-sql-console.ts'
import { createSqlLive } from './create-sql-live.ts'
import { defaultMetric } from '../workspace/metric-direction.ts'
import { createSqlHistory } from './sql-history.ts'
import { useTracker } from '../tracker/tracker.ts'
import { Button } from '../../widgets/button.tsx'
import { KeyHint } from '../../widgets/key-hint.tsx'
import { MenuButton } from '../../widgets/menu-button.tsx'
import type { MenuEntry } from '../../widgets/menu.tsx'
import { Toggle } from '../../widgets/toggle.tsx'
import { downloadFile } from '../shell/download.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { createNames } from './create-names.ts'
import { createResize } from './create-resize.ts'
import { SqlEditor, type SqlEditorHandle } from './sql-editor.tsx'
import { sqlExamples } from './sql-examples.ts'
import { SqlProblemLine } from './sql-problem.tsx'
import { SqlResultView } from './sql-result-view.tsx'
import { SqlWorkWords } from './sql-work-words.tsx'
import { toTsv } from './sql-words.ts'
import { SqlNote } from './sql-note.tsx'
import './sql-tab.css'

/** What is typed stands in the link after a pause this long. Unit: milliseconds. */
const TYPING_MS = 400

const FORMATS: readonly { readonly format: SqlFormat; readonly text: string }[] = [
  { format: 'csv', text: 'CSV' },
  { format: 'json', text: 'JSON' },
  { format: 'arrow', text: 'Arrow' },
]

/** More letters of a query fit into no menu. */
const MAX_ENTRY_LENGTH = 120

type NamedEntry = NonNullable<MenuEntry>

/** A console over the public schema, live while training runs. */
export function SqlTab() {
  const tracker = useTracker()
  const { arrangement, database, experimentId, series, workspace } = useExperiment()
  const console = createSqlConsole(tracker, database)
  const { live, setLive } = createSqlLive(tracker, database, console)
  const { work, result, problem } = console
  const history = createSqlHistory()
  const names = createNames()
  const kept = workspace.pick('sql')
  const [text, setText] = createSignal(kept())
  /** What was run last, and where in the text it stood then. */
  const [ran, setRan] = createSignal<{ readonly text: string; readonly from: number } | null>(null)
  const [copied, setCopied] = createSignal(false)
  let editor: SqlEditorHandle | undefined
  let root: HTMLDivElement | undefined
  const resize = createResize(() => root?.clientHeight ?? innerHeight)
  let typing: number | undefined
  onCleanup(keep)

  createEffect(on(kept, (now) => now !== text() && typing === undefined && setText(now), { defer: true }))
  createEffect(on(result, () => setCopied(false)))

  const examples = createMemo(() => {
    const metric = defaultMetric(series.keys()) ?? 'loss'
    return sqlExamples(experimentId, metric, arrangement.directionOf(metric))
  })
  const several = createMemo(() => sqlStatements(text()).length > 1)
  /** The problem is where it was found as long as nothing was written since. */
  const isFresh = (): boolean => ran()?.text === text()
  const wrong = createMemo((): SqlSpan | null => {
    const at = isFresh() ? problem()?.error.at : undefined
    const from = ran()?.from ?? 0
    return at === undefined ? null : { from: at.from + from, to: at.to + from }
  })

  function keep(): void {
    clearTimeout(typing)
    typing = undefined
    workspace.change('Edit the query', { sql: text() }, 'sql')
  }

  function edit(next: string): void {
    setText(next)
    clearTimeout(typing)
    typing = window.setTimeout(keep, TYPING_MS)
  }

  /** Runs the query the cursor is in. */
  function run(): void {
    keep()
    const at = statementAt(text(), editor?.cursor ?? 0)
    const sql = at === undefined ? '' : text().slice(at.from, at.to)
    setRan({ text: text(), from: at?.from ?? 0 })
    if (sql !== '') history.add(sql)
    void console.run(sql)
  }

  function show(sql: string): void {
    setText(sql)
    run()
    editor?.focus()
  }

  async function write(format: SqlFormat): Promise<void> {
    const written = await console.write(format)
    if (written !== null) downloadFile(written.file, `query.${format}`)
  }

  async function copyRows(): Promise<void> {
    const shown = result()
    if (shown === null) return
    await navigator.clipboard.writeText(toTsv(shown))
    setCopied(true)
  }

  const exports = createMemo((): readonly NamedEntry[] => [
    ...FORMATS.map(({ format, text }) => ({ text, hint: 'all rows', run: () => void write(format) })),
    { text: 'Copy rows', hint: 'as loaded', run: () => void copyRows() },
  ])
  const past = createMemo((): readonly MenuEntry[] => {
    const { queries, clear } = history
    if (queries().length === 0) return []
    const entries = queries().map((sql) => ({ text: shortened(sql), run: () => show(sql) }))
    return [...entries, null, { text: 'Clear history', run: clear }]
  })

  useCommands().offer(() => [
    { title: 'Run the query', group: 'SQL', key: 'mod+Enter', whileTyping: true, run },
    ...(work() === null
      ? []
      : [{ title: 'Cancel the query', group: 'SQL', key: 'Escape', run: console.cancel }]),
    ...examples().map(({ title, sql }) => ({
      title: `Example: ${title}`,
      group: 'SQL',
      run: () => show(sql),
    })),
    ...(result() === null
      ? []
      : exports().map(({ text, run }) => ({
          title: text === 'Copy rows' ? text : `Export the result as ${text}`,
          group: 'SQL',
          run,
        }))),
  ])

  return (
    <div class="sql-tab" ref={(element) => (root = element)}>
      <div class="sql-tab-editor" style={{ height: `${resize.height()}px` }}>
        <SqlEditor
          ref={(handle) => (editor = handle)}
          value={text()}
          maxLength={MAX_SQL_LENGTH}
          wrong={wrong()}
          names={names()}
          onEdit={edit}
          onRun={run}
          onEscape={() => work() !== null && (console.cancel(), true)}
        />
      </div>
      <div
        class="sql-tab-resize"
        role="separator"
        aria-orientation="horizontal"
        aria-label="Height of the editor"
        aria-valuenow={resize.height()}
        aria-valuemin={resize.min}
        aria-valuemax={resize.max()}
        tabindex={0}
        onPointerDown={resize.start}
        onKeyDown={resize.press}
      />
      <div class="sql-tab-toolbar" role="toolbar" aria-label="Query">
        <Show
          when={work()}
          fallback={
            <Button look="primary" onClick={run}>
              <Play size={13} aria-hidden="true" />
              {several() ? 'Run this query' : 'Run'}
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
        <Show when={copied()}>
          <span class="sql-tab-said" role="status">
            Copied
          </span>
        </Show>
        <span class="sql-tab-toolbar-gap" />
        <Show when={result() !== null && result()?.isOfCopy === false}>
          <Toggle label="Live" on={live()} onChange={setLive} />
        </Show>
        <MenuButton
          label="Examples"
          entries={examples().map(({ title, sql }) => ({ text: title, run: () => show(sql) }))}
        />
        <MenuButton label="History" entries={past()} />
        <MenuButton label="Export" entries={exports()} disabled={result() === null || work() !== null} />
      </div>
      <SqlProblemLine
        problem={problem()}
        isFresh={isFresh()}
        onFix={(from, to, by) => {
          const offset = ran()?.from ?? 0
          editor?.replace(from + offset, to + offset, by)
          run()
          editor?.focus()
        }}
      />
      <Show
        when={result()}
        fallback={
          <Show when={work() === null && problem() === null}>
            <div class="sql-tab-start">
              <SqlNote>
                Ask anything of the tables experiments, runs, params, tags, series, points and metrics. The
                same queries run on an exported file. Nothing can be changed from here.
              </SqlNote>
              <ul class="sql-tab-start-examples" aria-label="Examples">
                <For each={examples()}>
                  {({ title, detail, sql }) => (
                    <li>
                      <button type="button" class="sql-tab-start-example" onClick={() => show(sql)}>
                        {title}
                        <span class="sql-tab-start-detail" dir="auto">
                          {detail}
                        </span>
                      </button>
                    </li>
                  )}
                </For>
              </ul>
            </div>
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
