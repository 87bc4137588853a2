import { Match, Show, Switch } from 'solid-js'
import { Button } from '../../widgets/button.tsx'
import { formatPlural } from '../../widgets/number-format.ts'
import { ARCHIVED_FILTER } from './create-run-totals.ts'
import { ExperimentNote } from './experiment-note.tsx'
import { useExperiment } from './experiment-context.ts'
import './no-runs.css'

/** What a tab says when no run is listed: none there are, or how many are not shown, and the way to them. */
export function NoRuns() {
  const { totals, workspace } = useExperiment()
  const filter = workspace.pick('filter')
  const listed = (): number => totals()?.listed ?? 0
  const archived = (): number => totals()?.archived ?? 0
  const show = (label: string, next: string): void => workspace.change(label, { filter: next })
  return (
    <Show when={totals()}>
      <ExperimentNote>
        <Switch fallback="This experiment has no runs.">
          <Match when={filter() !== '' && listed() > 0}>
            {listed() === 1
              ? 'The only run does not match the filter. '
              : `None of ${formatPlural(listed(), 'run')} matches the filter. `}
            <Button look="quiet" class="no-runs-action" onClick={() => show('Show all runs', '')}>
              Show all runs
            </Button>
          </Match>
          <Match when={archived() > 0}>
            {archived() === 1
              ? 'The only run is archived. '
              : `All ${formatPlural(archived(), 'run')} are archived. `}
            <Show when={filter() !== ARCHIVED_FILTER}>
              <Button
                look="quiet"
                class="no-runs-action"
                onClick={() => show('Show archived runs', ARCHIVED_FILTER)}
              >
                Show archived runs
              </Button>
            </Show>
          </Match>
          <Match when={filter() !== ''}>No run matches the filter.</Match>
        </Switch>
      </ExperimentNote>
    </Show>
  )
}
