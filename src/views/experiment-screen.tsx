import { createEffect, createMemo, createSignal, on, onCleanup, Show, Suspense } from 'solid-js'
import type { ExperimentId, RunId } from '../model/units.ts'
import { createChartView } from '../state/create-chart-view.ts'
import { createRuns } from '../state/create-runs.ts'
import { createSeries } from '../state/create-series.ts'
import { createHistory } from '../state/create-history.ts'
import { createVisibility } from '../state/create-visibility.ts'
import { createWorkspace } from '../state/create-workspace.ts'
import { defaultMetric } from '../state/metric-direction.ts'
import { rememberView } from '../state/remembered-view.ts'
import { useTracker } from '../state/tracker.ts'
import { OWN_DATABASE, type DatabaseId, type ExperimentRow } from '../protocol/tracker-api.ts'
import { formatPlural } from '../widgets/number-format.ts'
import { ChartGrid } from './chart-grid.tsx'
import { ChartToolbar } from './chart-toolbar.tsx'
import { ExperimentContext, type ExperimentState } from './experiment-context.ts'
import type { ExportChoice } from './export-dialog.tsx'
import { RunList } from './run-list.tsx'
import { RunPanel } from './run-panel.tsx'
import { lazyView } from './lazy-view.ts'
import './experiment-screen.css'

const ExportDialog = lazyView(async () => (await import('./export-dialog.tsx')).ExportDialog)

interface ExperimentScreenProps {
  readonly database: DatabaseId
  readonly experimentId: ExperimentId
  readonly experiment: ExperimentRow | undefined
  readonly runId: RunId | null
  /** The arrangement a link asks for; empty for the last one. */
  readonly view: string
  onView(view: string): void
  onSelect(runId: RunId | null): void
}

/** One experiment: its runs, its charts, and the run that was picked. */
export function ExperimentScreen(props: ExperimentScreenProps) {
  const tracker = useTracker()
  const { database, experimentId } = props
  const workspace = createWorkspace(rememberView(experimentId, props.view, props.onView), createHistory())
  const runs = createRuns(tracker, database, experimentId, workspace.pick('filter'))
  const series = createSeries(tracker, database, experimentId)
  const experiment: ExperimentState = {
    database,
    experimentId,
    readOnly: database !== OWN_DATABASE,
    workspace,
    runs,
    series,
    visibility: createVisibility(() => runs.runs() ?? [], workspace),
    view: createChartView(workspace),
    selected: () => props.runId,
    select: (runId) => props.onSelect(runId),
  }
  const chosenMetric = workspace.pick('rank')
  const metric = createMemo(() => {
    const chosen = chosenMetric()
    return chosen !== null && series.keys().includes(chosen) ? chosen : defaultMetric(series.keys())
  })
  createEffect(on(() => props.view, workspace.follow, { defer: true }))
  const [sharing, setSharing] = createSignal(false)
  const name = (): string => props.experiment?.name ?? ''

  function exportChoices(): readonly ExportChoice[] {
    const known = runs.runs() ?? []
    const drawn = known.filter((run) => experiment.visibility.visible().has(run.id)).map((run) => run.id)
    const selected = known.find((run) => run.id === props.runId)
    return [
      // With a filter the runs that are known are not all there are.
      ...(drawn.length > 0 && (drawn.length < known.length || workspace.view().filter !== '')
        ? [{ text: `The ${formatPlural(drawn.length, 'drawn run')}`, runIds: drawn }]
        : []),
      ...(selected !== undefined && known.length > 1 ? [{ text: selected.name, runIds: [selected.id] }] : []),
    ]
  }

  createEffect(
    on([() => props.runId, runs.runs], ([runId, known]) => {
      // A run that was removed, or a link to one that is not here.
      if (runId === null || known === undefined || workspace.view().filter !== '') return
      if (!known.some((run) => run.id === runId)) props.onSelect(null)
    }),
  )

  function keys(event: KeyboardEvent): void {
    const isTyping =
      event.target instanceof HTMLElement &&
      event.target.matches('input:not([type=radio], [type=range]), textarea')
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !isTyping) {
      event.preventDefault()
      if (event.shiftKey) workspace.history.redo()
      else workspace.history.undo()
      return
    }
    if (event.key === 'Escape' && props.runId !== null && document.querySelector('dialog[open]') === null) {
      props.onSelect(null)
    }
  }
  addEventListener('keydown', keys)
  onCleanup(() => removeEventListener('keydown', keys))

  return (
    <ExperimentContext.Provider value={experiment}>
      <div class="experiment" classList={{ 'has-run': props.runId !== null }}>
        <RunList
          name={name()}
          metric={metric()}
          onMetric={(rank) => workspace.change('Rank by a metric', { rank })}
        />
        <div class="experiment-charts">
          <ChartToolbar onShare={() => setSharing(true)} />
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
        </div>
        <Show when={props.runId}>
          {(runId) => <RunPanel runId={runId()} onClose={() => props.onSelect(null)} />}
        </Show>
      </div>
      <Show when={sharing()}>
        <Suspense>
          <ExportDialog
            database={database}
            experimentId={experimentId}
            experiments={props.experiment === undefined ? [] : [props.experiment]}
            choices={exportChoices()}
            onClose={() => setSharing(false)}
          />
        </Suspense>
      </Show>
    </ExperimentContext.Provider>
  )
}

function noRunsWords(filter: string): string {
  return filter === '' ? 'This experiment has no runs.' : 'No run matches the filter.'
}
