import { Show } from 'solid-js'
import { ChartGrid } from './chart-grid.tsx'
import { ChartToolbar } from './chart-toolbar.tsx'
import { LineLegend } from './line-legend.tsx'
import { useExperiment } from './experiment-context.ts'

/** The curves of the drawn runs, a chart for each metric. */
export function ChartsTab() {
  const { runs, series, workspace } = useExperiment()
  return (
    <>
      <ChartToolbar />
      <LineLegend />
      <Show when={runs.failure()}>{(message) => <p class="experiment-note">{message()}</p>}</Show>
      <Show
        when={series.keys().length > 0 && runs.runs()?.length !== 0}
        fallback={
          <Show when={series.loaded() && runs.runs() !== undefined}>
            <p class="experiment-note">
              {runs.runs()?.length === 0
                ? noRunsWords(workspace.view().filter)
                : 'No metric has been logged yet. Curves appear here with the first point.'}
            </p>
          </Show>
        }
      >
        <ChartGrid />
      </Show>
    </>
  )
}

function noRunsWords(filter: string): string {
  return filter === '' ? 'This experiment has no runs.' : 'No run matches the filter.'
}
