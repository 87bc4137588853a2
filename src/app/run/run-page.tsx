import ArrowLeft from 'lucide-solid/icons/arrow-left'
import { createMemo, createUniqueId, For, Match, Show, Suspense, Switch } from 'solid-js'
import type { RunId } from '../../model/units.ts'
import { createEdits } from '../experiment/create-edits.ts'
import { ownLooks } from '../experiment/create-run-looks.ts'
import { createRunEvents } from '../experiment/create-run-events.ts'
import { createRunDetail } from '../experiment/create-run-detail.ts'
import { useToasts } from '../shell/create-toasts.ts'
import { useTracker } from '../tracker/tracker.ts'
import { Button } from '../../widgets/button.tsx'
import { FoldedText } from '../../widgets/folded-text.tsx'
import { Tabs, tabId } from '../../widgets/tabs.tsx'
import { NameEdit } from '../../widgets/text-edit.tsx'
import { formatMoment } from '../../widgets/time-format.ts'
import { ChartToolbar } from '../charts/chart-toolbar.tsx'
import { ChartsAndMedia } from '../charts/charts-and-media.tsx'
import { ExperimentContext, useExperiment, type ExperimentState } from '../experiment/experiment-context.ts'
import { lazyView } from '../shell/lazy-view.ts'
import { runTimeline } from './run-facts.ts'
import { RunDeeds } from './run-deeds.tsx'
import { Environment, Life, Refusals, Values } from './run-sections.tsx'
import { Notes } from '../shell/notes.tsx'
import { TitledSection } from '../../widgets/titled-section.tsx'
import './run-page.css'

const RunArtifacts = lazyView(async () => (await import('../artifacts/run-artifacts.tsx')).RunArtifacts)
const ConsoleView = lazyView(async () => (await import('./console-view.tsx')).ConsoleView)

const TABS = [
  { value: 'charts', text: 'Charts' },
  { value: 'artifacts', text: 'Artifacts' },
  { value: 'console', text: 'Console' },
] as const

interface RunPageProps {
  readonly runId: RunId
  onBack(): void
}

/** One run with the screen to itself: what is known of it, and its own charts. */
export function RunPage(props: RunPageProps) {
  const experiment = useExperiment()
  const { database, readOnly } = experiment
  const tracker = useTracker()
  const edits = createEdits(tracker, experiment.workspace.history, useToasts())
  const panelId = createUniqueId()
  const tab = experiment.workspace.pick('runTab')
  const { detail, failure } = createRunDetail(tracker, () => ({ database, runId: props.runId }))
  const current = createMemo(() => (detail()?.run.id === props.runId ? detail() : undefined))
  const only = createMemo<ReadonlySet<RunId>>(() => new Set([props.runId]))
  /** The charts of this run alone, as itself. */
  const alone: ExperimentState = {
    ...experiment,
    visibility: { ...experiment.visibility, visible: only },
    columns: () => new Map(),
    looks: ownLooks(experiment.runs, only),
    selected: () => null,
    events: createRunEvents(tracker, database, () => (experiment.view.events() ? [props.runId] : [])),
  }

  return (
    <article class="run-page" aria-label="Run">
      <header class="run-page-head">
        <Button look="quiet" onClick={() => props.onBack()}>
          <ArrowLeft size={14} />
          Back
        </Button>
        <Show when={current()}>
          {(known) => (
            <Show when={!readOnly} fallback={<h1 class="run-page-title">{known().run.name}</h1>}>
              <h1 class="visually-hidden">{known().run.name}</h1>
              <NameEdit
                label="Run name"
                value={known().run.name}
                begin={(before) => edits.rename(known().run.id, before)}
              />
            </Show>
          )}
        </Show>
      </header>
      <Show when={failure()}>{(message) => <p class="run-page-problem">{message()}</p>}</Show>
      <div class="run-page-body">
        <div class="run-page-facts">
          <h2 class="visually-hidden">Overview</h2>
          <Show when={current()}>
            {(known) => (
              <>
                <Life detail={known()} />
                <RunDeeds run={known().run} />
                <Refusals detail={known()} />
                <Notes
                  notes={known().run.notes}
                  readOnly={readOnly}
                  begin={(before) => edits.writeNotes(known().run.id, before)}
                />
                <TitledSection title="Timeline">
                  <ol class="run-page-timeline">
                    <For each={runTimeline(known(), readOnly)}>
                      {(moment) => (
                        <li>
                          <time>{formatMoment(moment.time)}</time>
                          <span>
                            <FoldedText text={moment.text} />
                          </span>
                        </li>
                      )}
                    </For>
                  </ol>
                </TitledSection>
                <Values detail={known()} />
                <Environment detail={known()} />
              </>
            )}
          </Show>
        </div>
        <div class="run-page-charts">
          <ExperimentContext.Provider value={alone}>
            <Tabs
              label="Ways to look at the run"
              options={TABS}
              value={tab()}
              panelId={panelId}
              onChange={(next) =>
                experiment.workspace.change('Look at the run another way', { runTab: next })
              }
            />
            <div
              class="run-page-panel"
              id={panelId}
              role="tabpanel"
              aria-labelledby={tabId(panelId, tab())}
              tabindex={-1}
            >
              <Switch>
                <Match when={tab() === 'charts'}>
                  <ChartsAndMedia head={<ChartToolbar />} />
                </Match>
                <Match when={tab() === 'artifacts'}>
                  <Suspense>
                    <RunArtifacts runId={props.runId} />
                  </Suspense>
                </Match>
                <Match when={tab() === 'console'}>
                  <Suspense>
                    <ConsoleView database={database} runId={props.runId} />
                  </Suspense>
                </Match>
              </Switch>
            </div>
          </ExperimentContext.Provider>
        </div>
      </div>
    </article>
  )
}
