import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import { sqlStatements, statementAt, type SqlSpan } from '../../model/sql-text.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import type { SqlConsole } from './create-sql-console.ts'

/** What is typed stands in the link after a pause this long. Unit: milliseconds. */
const TYPING_MS = 400

/** What is written, and which query of it was run. */
export interface QueryText {
  readonly text: Accessor<string>
  /** There is more than one query. */
  readonly several: Accessor<boolean>
  /** Nothing was written since a query was run. */
  isFresh(): boolean
  /** Where the last query that was run stood in the text. */
  ranFrom(): number
  /** What of the text the problem is about, as long as nothing was written since. */
  readonly wrong: Accessor<SqlSpan | null>
  edit(text: string): void
  /** Takes another text in at once. */
  replace(text: string): void
  /** Runs the query at a place of the text, and keeps what is written in the link; answers with that query. */
  runAt(place: number): string
}

export function createQueryText({ problem, run }: Pick<SqlConsole, 'problem' | 'run'>): QueryText {
  const { workspace } = useExperiment()
  const kept = workspace.pick('sql')
  const [text, setText] = createSignal(kept())
  /** What was run last, and where in the text it stood then. */
  const [ran, setRan] = createSignal<{ readonly text: string; readonly from: number } | null>(null)
  let typing: number | undefined
  onCleanup(keep)

  createEffect(on(kept, (now) => now !== text() && typing === undefined && setText(now), { defer: true }))

  function keep(): void {
    clearTimeout(typing)
    typing = undefined
    workspace.change('Edit the query', { sql: text() }, 'sql')
  }

  const isFresh = (): boolean => ran()?.text === text()
  const ranFrom = (): number => ran()?.from ?? 0
  return {
    text,
    several: createMemo(() => sqlStatements(text()).length > 1),
    isFresh,
    ranFrom,
    wrong: createMemo((): SqlSpan | null => {
      const at = isFresh() ? problem()?.error.at : undefined
      return at === undefined ? null : { from: at.from + ranFrom(), to: at.to + ranFrom() }
    }),
    edit(next) {
      setText(next)
      clearTimeout(typing)
      typing = window.setTimeout(keep, TYPING_MS)
    },
    replace: (next) => void setText(next),
    runAt(place) {
      keep()
      const at = statementAt(text(), place)
      const sql = at === undefined ? '' : text().slice(at.from, at.to)
      setRan({ text: text(), from: at?.from ?? 0 })
      void run(sql)
      return sql
    },
  }
}
