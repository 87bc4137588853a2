import { createMemo, For, Show } from 'solid-js'
import { useTracker } from '../tracker/tracker.ts'
import { createRefusals } from '../experiment/create-refusals.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { refusalWords } from '../experiment/refusal-line.ts'
import { formatCount } from '../../widgets/number-format.ts'
import './refused-values.css'

/** More lines than this are read on the page of the run. */
const MAX_LINES = 8

/** What the drawn runs logged that no chart shows, and what to write instead: said where the curve is missed. */
export function RefusedValues() {
  const { database, runs, visibility } = useExperiment()
  const drawn = createMemo(() => (runs.runs() ?? []).filter(({ id }) => visibility.visible().has(id)))
  const refusals = createRefusals(useTracker(), database, drawn)
  const left = (): number => refusals().length - MAX_LINES
  return (
    <Show when={refusals().length > 0}>
      <section class="refused-values" aria-label="Not drawn">
        <h2 class="refused-values-title">Not drawn</h2>
        <ul class="refused-values-lines">
          <For each={refusals().slice(0, MAX_LINES)}>
            {(refusal) => <li dir="auto">{refusalWords(refusal)}</li>}
          </For>
        </ul>
        <Show when={left() > 0}>
          <p class="refused-values-more">And {formatCount(left())} more, on the pages of the runs.</p>
        </Show>
      </section>
    </Show>
  )
}
