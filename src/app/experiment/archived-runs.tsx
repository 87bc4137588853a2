import { Show } from 'solid-js'
import { Button } from '../../widgets/button.tsx'
import { formatCount } from '../../widgets/number-format.ts'
import { ARCHIVED_FILTER } from './create-run-totals.ts'
import { useExperiment } from './experiment-context.ts'
import './archived-runs.css'

/** How many runs are archived, which no list shows unasked, and the way to them and back. */
export function ArchivedRuns() {
  const { totals, workspace } = useExperiment()
  const filter = workspace.pick('filter')
  const count = (): number => totals()?.archived ?? 0
  return (
    <Show
      when={filter() === ARCHIVED_FILTER}
      fallback={
        <Show when={count() > 0}>
          <Button
            look="quiet"
            class="archived-runs"
            title="Shows them instead of the others"
            onClick={() => workspace.change('Show archived runs', { filter: ARCHIVED_FILTER })}
          >
            {formatCount(count())} archived
          </Button>
        </Show>
      }
    >
      <Button
        look="quiet"
        class="archived-runs"
        onClick={() => workspace.change('Show all runs', { filter: '' })}
      >
        Back from the archive
      </Button>
    </Show>
  )
}
