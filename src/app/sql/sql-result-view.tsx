import { createSignal, Match, Show, Switch } from 'solid-js'
import type { SqlResult } from './sql-result.ts'
import { Button } from '../../widgets/button.tsx'
import { Segmented } from '../../widgets/segmented.tsx'
import { ResultChart } from './result-chart.tsx'
import { ResultGrid } from './result-grid.tsx'
import { fullWords, resultWords } from './sql-words.ts'
import { SqlNote } from './sql-note.tsx'
import './sql-result-view.css'

interface SqlResultViewProps {
  readonly result: SqlResult
  readonly canLoad: boolean
  onMore(): void
}

const LOOKS = [
  { value: 'table', text: 'Table' },
  { value: 'chart', text: 'Chart' },
] as const

/** The rows of a query, as a table or as a chart. */
export function SqlResultView(props: SqlResultViewProps) {
  const [look, setLook] = createSignal<'table' | 'chart'>('table')
  return (
    <section class="sql-result-view" aria-label="Result of the query">
      <div class="sql-result-view-head">
        <Segmented label="Show as" showLabel={false} options={LOOKS} value={look()} onChange={setLook} />
        <span class="sql-result-view-words" role="status">
          {resultWords(props.result)}
        </span>
        <Switch>
          <Match when={fullWords(props.result)}>
            {(words) => <span class="sql-result-view-words">{words()}</span>}
          </Match>
          <Match when={props.result.more}>
            <Button look="quiet" disabled={!props.canLoad} onClick={() => props.onMore()}>
              Load more
            </Button>
          </Match>
        </Switch>
      </div>
      <Show when={look() === 'table'} fallback={<ResultChart result={props.result} />}>
        <Show
          when={props.result.rows > 0}
          fallback={<SqlNote>The query is right and answers no rows.</SqlNote>}
        >
          <ResultGrid columns={props.result.columns} rows={props.result.rows} />
        </Show>
      </Show>
    </section>
  )
}
