import { createEffect, createMemo, createSignal, on, onCleanup, Show, Suspense } from 'solid-js'
import type { ExperimentId, RunId } from '../../model/units.ts'
import { useCommands, type Command } from '../shell/create-commands.ts'
import { useToasts } from '../shell/create-toasts.ts'
import { addMissedAlerts } from '../alerts/add-missed-alerts.ts'
import { createUnreadAlerts } from '../alerts/create-unread-alerts.ts'
import { hearAlerts } from '../alerts/hear-alerts.ts'
import type { AlertRaised } from '../../protocol/alert-raised.ts'
import { routeToHash } from '../shell/hash-route.ts'
import { useTracker } from '../tracker/tracker.ts'
import { TABS } from '../workspace/workspace-view.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { ExperimentRow } from '../../protocol/runs-api.ts'
import { formatPlural } from '../../widgets/number-format.ts'
import { createExperiment } from '../experiment/create-experiment.ts'
import { ExperimentContext } from '../experiment/experiment-context.ts'
import { historyCommands } from '../shell/history-commands.ts'
import { chartCommands } from './experiment-commands.ts'
import { experimentNames } from './experiment-names.ts'
import { TAB_TEXTS } from './experiment-head.tsx'
import type { ExportChoice } from '../files/export-dialog.tsx'
import { lazyView } from '../shell/lazy-view.ts'
import { RunMenusProvider } from '../runs/run-menus.tsx'
import { Workbench } from './workbench.tsx'

const RunPage = lazyView(async () => (await import('../run/run-page.tsx')).RunPage)
const ExportDialog = lazyView(async () => (await import('../files/export-dialog.tsx')).ExportDialog)

const AlertsDialog = lazyView(async () => (await import('../alerts/alerts-dialog.tsx')).AlertsDialog)

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

/** One experiment: the ways to look at its runs, or one run alone. */
export function ExperimentScreen(props: ExperimentScreenProps) {
  const { database, experimentId } = props
  /** What the dialog that exports offers first; no runs: all. */
  const [sharing, setSharing] = createSignal<{ readonly runIds: readonly RunId[] } | null>(null)
  const [areAlertsShown, setAlertsShown] = createSignal(false)
  // What was read is read when the dialog is closed.
  createEffect(on(areAlertsShown, (shown) => !shown && alerts.clear(), { defer: true }))
  const experiment = createExperiment({
    database,
    experimentId,
    link: props.view,
    selected: () => props.runId,
    onView: (view) => props.onView(view),
    select: (runId) => props.onSelect(runId),
    share: (runIds) => setSharing({ runIds }),
    openAlerts: () => setAlertsShown(true),
  })
  const toasts = useToasts()
  const alerts = createUnreadAlerts(experimentId)
  if (!experiment.readOnly) void addMissedAlerts(useTracker().api, database, experimentId, alerts)
  const isHere = (alert: AlertRaised): boolean =>
    alert.database === database && alert.experimentId === experimentId
  onCleanup(
    hearAlerts(toasts, {
      heard: (alert) => isHere(alert) && !areAlertsShown() && alerts.add(alert),
      show(alert) {
        if (isHere(alert)) props.onSelect(alert.runId)
        else location.hash = routeToHash({ ...alert, view: '' })
      },
    }),
  )
  const { charts, runs, visibility, workspace } = experiment
  createEffect(on(() => props.view, workspace.follow, { defer: true }))
  const isRunAlone = workspace.pick('isRunAlone')
  const runAlone = createMemo(() => (isRunAlone() ? props.runId : null))
  const backToAll = (): void => workspace.change('Back to all runs', { isRunAlone: false })

  // The next run that is picked has not the screen to itself because another one had.
  createEffect(
    on(
      () => props.runId,
      (runId) => runId === null && isRunAlone() && backToAll(),
      { defer: true },
    ),
  )
  createEffect(
    on([() => props.runId, runs.runs], ([runId, known]) => {
      // A run that was removed, or a link to one that is not here.
      if (runId === null || known === undefined || workspace.view().filter !== '') return
      if (!known.some((run) => run.id === runId)) props.onSelect(null)
    }),
  )

  function exportChoices(): readonly ExportChoice[] {
    const known = runs.runs() ?? []
    const drawn = known.filter((run) => visibility.visible().has(run.id)).map((run) => run.id)
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

  /** What Esc ends: the nearest first. */
  function escape(): Command | null {
    const way = { group: 'Experiment', key: 'Escape' }
    if (runAlone() !== null) return { ...way, title: 'Back to all runs', run: backToAll }
    if (workspace.view().charts.expanded !== null)
      return {
        ...way,
        title: 'Back to all charts',
        run: () => charts.change('Back to all charts', { expanded: null }),
      }
    return props.runId === null ? null : { ...way, title: 'Close the run', run: () => props.onSelect(null) }
  }

  const commands = useCommands()
  commands.offerNamed(experimentNames(useTracker(), experiment))
  commands.offer(() => {
    const ending = escape()
    return [
      ...historyCommands(workspace.history),
      ...(ending === null ? [] : [ending]),
      ...TABS.map((tab, index) => ({
        title: `Go to ${TAB_TEXTS[tab]}`,
        group: 'Experiment',
        key: `alt+${index + 1}`,
        run: () => workspace.change(`Go to ${TAB_TEXTS[tab]}`, { tab }),
      })),
      ...(experiment.readOnly
        ? []
        : [{ title: 'Show the alerts', group: 'Experiment', run: experiment.openAlerts }]),
      { title: 'Share', group: 'Experiment', run: () => setSharing({ runIds: [] }) },
      ...chartCommands(experiment),
    ]
  })

  return (
    <ExperimentContext.Provider value={experiment}>
      <RunMenusProvider>
        <Show
          when={runAlone()}
          keyed
          fallback={
            <Workbench
              name={props.experiment?.name ?? ''}
              unreadAlerts={alerts.unread().length}
              onShare={() => setSharing({ runIds: [] })}
            />
          }
        >
          {(runId) => (
            <Suspense>
              <RunPage runId={runId} onBack={backToAll} />
            </Suspense>
          )}
        </Show>
      </RunMenusProvider>
      <Show when={areAlertsShown()}>
        <Suspense>
          <AlertsDialog
            unread={alerts.unread()}
            onShow={(runId) => {
              setAlertsShown(false)
              props.onSelect(runId)
            }}
            onClose={() => setAlertsShown(false)}
          />
        </Suspense>
      </Show>
      <Show when={sharing()}>
        <Suspense>
          <ExportDialog
            database={database}
            experimentId={experimentId}
            experiments={props.experiment === undefined ? [] : [props.experiment]}
            choices={exportChoices()}
            arrangement={() => ({
              views: experiment.arrangement.views().length,
              alerts: experiment.arrangement.alerts().length,
            })}
            chosen={(sharing()?.runIds.length ?? 0) > 0 ? 0 : -1}
            onClose={() => setSharing(null)}
          />
        </Suspense>
      </Show>
    </ExperimentContext.Provider>
  )
}
