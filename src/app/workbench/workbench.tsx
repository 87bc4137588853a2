import { Match, Show, Suspense, Switch } from 'solid-js'
import { createResize } from '../../widgets/create-resize.ts'
import { ResizeHandle } from '../../widgets/resize-handle.tsx'
import { tabId } from '../../widgets/tabs.tsx'
import { ChartsTab } from '../charts/charts-tab.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { ExperimentHead } from './experiment-head.tsx'
import { lazyView } from '../shell/lazy-view.ts'
import { RunList } from './run-list.tsx'
import { RunPanel } from '../run/run-panel.tsx'
import './workbench.css'

const TableTab = lazyView(async () => (await import('../table/table-tab.tsx')).TableTab)
const CompareTab = lazyView(async () => (await import('../compare/compare-tab.tsx')).CompareTab)
const ArtifactsTab = lazyView(async () => (await import('../artifacts/artifacts-tab.tsx')).ArtifactsTab)
const SqlTab = lazyView(async () => (await import('../sql/sql-tab.tsx')).SqlTab)

/** Unit: CSS pixels. */
const LIST_WIDTH = matchMedia('(max-width: 1180px)').matches ? 260 : 296
const LEAST_LIST_WIDTH = 180

const PANEL_ID = 'experiment-panel'

interface WorkbenchProps {
  /** Of the experiment. */
  readonly name: string
  readonly unreadAlerts: number
  onShare(): void
}

/** The runs of an experiment, one of the ways to look at them, and the run that was picked. */
export function Workbench(props: WorkbenchProps) {
  const { selected, select, workspace } = useExperiment()
  const tab = workspace.pick('tab')
  const width = createResize({
    along: 'x',
    initial: LIST_WIDTH,
    min: LEAST_LIST_WIDTH,
    max: () => innerWidth / 2,
    remembered: 'kymo-list-width',
  })
  /** The table and the console have the width to themselves. */
  const hasList = (): boolean => tab() === 'charts' || tab() === 'compare'

  return (
    <div
      class="workbench"
      classList={{ 'is-with-run': selected() !== null, 'is-with-list': hasList() }}
      style={{ '--list-width': `${width.size()}px` }}
    >
      <Show when={hasList()}>
        <RunList name={props.name} />
        <ResizeHandle label="Width of the list" resize={width} />
      </Show>
      <ExperimentHead
        title={hasList() ? null : props.name}
        panelId={PANEL_ID}
        unreadAlerts={props.unreadAlerts}
        onShare={() => props.onShare()}
      />
      <div
        class="workbench-panel"
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
            <Match when={tab() === 'artifacts'}>
              <ArtifactsTab />
            </Match>
            <Match when={tab() === 'sql'}>
              <SqlTab />
            </Match>
          </Switch>
        </Suspense>
      </div>
      <Show when={selected()}>
        {(runId) => (
          <RunPanel
            runId={runId()}
            onExpand={() => workspace.change('Show the run on a page of its own', { isRunAlone: true })}
            onClose={() => select(null)}
          />
        )}
      </Show>
    </div>
  )
}
