import { createSignal, onCleanup } from 'solid-js'
import type { SqlWork } from './create-sql-console.ts'
import './sql-work-words.css'

const TICK_MS = 100

const WHAT: Readonly<Record<SqlWork['what'], string>> = {
  query: 'Running',
  rows: 'Loading rows',
  file: 'Writing the file',
}

/** What is under way, and for how long. */
export function SqlWorkWords(props: { readonly work: SqlWork }) {
  const [now, setNow] = createSignal(Date.now())
  const timer = setInterval(() => setNow(Date.now()), TICK_MS)
  onCleanup(() => clearInterval(timer))
  const seconds = (): string => (Math.max(0, now() - props.work.startedAt) / 1_000).toFixed(1)
  return (
    <span class="sql-work-words">
      {WHAT[props.work.what]} {seconds()} s
    </span>
  )
}
