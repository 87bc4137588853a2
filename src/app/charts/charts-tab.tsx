import { Show } from 'solid-js'
import { ChartToolbar } from './chart-toolbar.tsx'
import { ChartsAndMedia } from './charts-and-media.tsx'
import { RefusedValues } from './refused-values.tsx'
import { LineLegend } from './line-legend.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { ExperimentNote } from '../experiment/experiment-note.tsx'
import { NoRuns } from '../experiment/no-runs.tsx'

/** The curves of the drawn runs, a chart for each metric, and what else they logged to be looked at. */
export function ChartsTab() {
  const { media, runs, series } = useExperiment()
  const isLogged = (): boolean => series.keys().length > 0 || (media.table()?.size ?? 0) > 0
  const isLoaded = (): boolean => series.loaded() && media.table() !== undefined && runs.runs() !== undefined
  return (
    <>
      <Show when={runs.failure()}>{(message) => <ExperimentNote>{message()}</ExperimentNote>}</Show>
      <Show
        when={isLogged() && runs.runs()?.length !== 0}
        fallback={
          <>
            <ChartToolbar />
            <LineLegend />
            <RefusedValues />
            <Show when={isLoaded()}>
              <Show when={runs.runs()?.length !== 0} fallback={<NoRuns />}>
                <ExperimentNote>
                  Nothing has been logged yet. Curves appear here with the first point.
                </ExperimentNote>
              </Show>
            </Show>
          </>
        }
      >
        <ChartsAndMedia
          head={
            <>
              <ChartToolbar />
              <LineLegend />
            </>
          }
        />
      </Show>
    </>
  )
}
