import { createEffect, createMemo, createSignal, Match, on, Show, Suspense, Switch } from 'solid-js'
import type { ExperimentId, RunId } from '../model/units.ts'
import { createArrangement } from '../state/create-arrangement.ts'
import { useToasts } from '../state/create-toasts.ts'
import { createChartView } from '../state/create-chart-view.ts'
import { createRuns } from '../state/create-runs.ts'
import { createSeries } from '../state/create-series.ts'
import { useCommands, type Command } from '../state/create-commands.ts'
import { createHistory, type History } from '../state/create-history.ts'
import { createVisibility } from '../state/create-visibility.ts'
import { createWorkspace } from '../state/create-workspace.ts'
import { defaultMetric } from '../state/metric-direction.ts'
import { rememberView } from '../state/remembered-view.ts'
import { useTracker } from '../state/tracker.ts'
import { OWN_DATABASE, type DatabaseId, type ExperimentRow } from '../protocol/tracker-api.ts'
import { formatPlural } from '../widgets/number-format.ts'
import { TABS } from '../state/workspace-view.ts'
import { tabId } from '../widgets/tabs.tsx'
import { ChartsTab } from './charts-tab.tsx'
import { ExperimentHead, TAB_TEXTS } from './experiment-head.tsx'
import { ExperimentContext, type ExperimentState } from './experiment-context.ts'
import type { ExportChoice } from './export-dialog.tsx'
import { RunList } from './run-list.tsx'
import { RunPanel } from './run-panel.tsx'
import { lazyView } from './lazy-view.ts'
import './experiment-screen.css'

const TableTab = lazyView(async () => (await import('./table/table-tab.tsx')).TableTab)
const CompareTab = lazyView(async () => (await import('./compare/compare-tab.tsx')).CompareTab)
const SqlTab = lazyView(async () => (await import('./sql/sql-tab.tsx')).SqlTab)
const ExportDialog = lazyView(async () => (await import('./export-dialog.tsx')).ExportDialog)

const PANEL_ID = 'experiment-panel'

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
  const toasts = useToasts()
  const { database, experimentId } = props
  const workspace = createWorkspace(rememberView(experimentId, props.view, props.onView), createHistory())
  /** What the dialog that exports offers first; no runs: all. */
  const [sharing, setSharing] = createSignal<{ readonly runIds: readonly RunId[] } | null>(null)
  const runs = createRuns(tracker, database, experimentId, workspace.pick('filter'))
  const series = createSeries(tracker, database, experimentId)
  const experiment: ExperimentState = {
    database,
    experimentId,
    readOnly: database !== OWN_DATABASE,
    workspace,
    arrangement: createArrangement(tracker, database, experimentId, workspace.history, toasts.complain),
    runs,
    series,
    visibility: createVisibility(() => runs.runs() ?? [], workspace),
    view: createChartView(workspace),
    selected: () => props.runId,
    select: (runId) => props.onSelect(runId),
    share: (runIds) => setSharing({ runIds }),
  }
  const chosenMetric = workspace.pick('rank')
  const metric = createMemo(() => {
    const chosen = chosenMetric()
    return chosen !== null && series.keys().includes(chosen) ? chosen : defaultMetric(series.keys())
  })
  createEffect(on(() => props.view, workspace.follow, { defer: true }))
  const tab = workspace.pick('tab')
  /** The table and the console have the width to themselves. */
  const hasList = (): boolean => tab() === 'charts' || tab() === 'compare'
  const name = (): string => props.experiment?.name ?? ''

  function exportChoices(): readonly ExportChoice[] {
    const known = runs.runs() ?? []
    const drawn = known.filter((run) => experiment.visibility.visible().has(run.id)).map((run) => run.id)
    const selected = known.find((run) => run.id === props.runId)
    const asked = sharing()?.runIds ?? []
    return [
      ...(asked.length > 0
        ? [{ text: `The ${formatPlural(asked.length, 'selected run')}`, runIds: asked }]
        : []),
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

  useCommands().offer(() => [
    ...historyCommands(workspace.history),
    ...TABS.map((tab, index) => ({
      title: `Go to ${TAB_TEXTS[tab]}`,
      group: 'Experiment',
      key: `alt+${index + 1}`,
      run: () => workspace.change(`Go to ${TAB_TEXTS[tab]}`, { tab }),
    })),
    { title: 'Share', group: 'Experiment', run: () => setSharing({ runIds: [] }) },
    ...(props.runId === null
      ? []
      : [{ title: 'Close the run', group: 'Run', key: 'Escape', run: () => props.onSelect(null) }]),
  ])

  return (
    <ExperimentContext.Provider value={experiment}>
      <div class="experiment" classList={{ 'has-run': props.runId !== null, 'has-list': hasList() }}>
        <Show when={hasList()}>
          <RunList
            name={name()}
            metric={metric()}
            onMetric={(rank) => workspace.change('Rank by a metric', { rank })}
          />
        </Show>
        <ExperimentHead
          title={hasList() ? null : name()}
          panelId={PANEL_ID}
          onShare={() => setSharing({ runIds: [] })}
        />
        <div
          class="experiment-panel"
          role="tabpanel"
          id={PANEL_ID}
          aria-labelledby={tabId(PANEL_ID, tab())}
          tabindex={-1}
        >
          <Suspense>
            <Switch>
              <Match when={tab() === 'charts'}>
                <ChartsTab />
              </Match>
              <Match when={tab() === 'table'}>
                <TableTab />
              </Match>
              <Match when={tab() === 'compare'}>
                <CompareTab />
              </Match>
              <Match when={tab() === 'sql'}>
                <SqlTab />
              </Match>
            </Switch>
          </Suspense>
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
            chosen={(sharing()?.runIds.length ?? 0) > 0 ? 0 : -1}
            onClose={() => setSharing(null)}
          />
        </Suspense>
      </Show>
    </ExperimentContext.Provider>
  )
}

function historyCommands({ undoLabel, redoLabel, undo, redo }: History): readonly Command[] {
  const [undone, redone] = [undoLabel(), redoLabel()]
  return [
    ...(undone === null ? [] : [{ title: `Undo: ${undone}`, group: 'Edit', key: 'mod+z', run: undo }]),
    ...(redone === null ? [] : [{ title: `Redo: ${redone}`, group: 'Edit', key: 'mod+shift+z', run: redo }]),
  ]
}
