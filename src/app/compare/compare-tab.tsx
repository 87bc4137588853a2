import { createMemo, For, Show, Suspense } from 'solid-js'
import type { RunId } from '../../model/units.ts'
import { useCommands } from '../shell/create-commands.ts'
import { createCompare } from './create-compare.ts'
import { bestFirst } from '../experiment/create-ranking.ts'
import type { RunRow } from '../experiment/create-runs.ts'
import { COMPARE_SECTIONS, type CompareSection } from '../workspace/compare-view.ts'
import { bestAggregate } from '../workspace/metric-direction.ts'
import { printOperand } from '../workspace/operands.ts'
import { comparedMedia } from './media-keys.ts'
import { splitCompareView } from './split-compare-view.ts'
import { sweepNames } from './sweep-summary.ts'
import { useTracker } from '../tracker/tracker.ts'
import { formatCount, formatPlural } from '../../widgets/number-format.ts'
import { makeScrollTogether } from '../../widgets/scroll-together.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { lazyView } from '../shell/lazy-view.ts'
import { CompareContext, type CompareScope } from './compare-context.ts'
import { CompareCurves } from './compare-curves.tsx'
import { CompareGrid } from './compare-grid.tsx'
import { CompareHeat } from './compare-heat.tsx'
import { CompareImportance } from './importance/compare-importance.tsx'
import { CompareMedia } from './compare-media.tsx'
import { CompareMetrics } from './compare-metrics.tsx'
import { CompareParallel } from './compare-parallel.tsx'
import { CompareParams, CompareTags } from './compare-params.tsx'
import { CompareScatter } from './compare-scatter.tsx'
import { CompareSweep, trialColumns } from './compare-sweep.tsx'
import { SECTION_TITLES, sectionId } from './compare-section.tsx'
import { ExperimentNote } from '../experiment/experiment-note.tsx'
import { CompareNote } from './compare-note.tsx'
import { CompareChoice } from './compare-choice.tsx'
import './compare-tab.css'

const CompareEnvironment = lazyView(
  async () => (await import('./environment/compare-environment.tsx')).CompareEnvironment,
)

/** Runs that stand side by side in a table; more are not read. */
const MAX_TABLE_RUNS = 50

/** The drawn runs against each other: what they were given, what came of it, and how the two go together. */
export function CompareTab() {
  const { database, experimentId, media, ranking, runs, series, visibility, workspace } = useExperiment()
  const whole = workspace.pick('compare')
  const view = splitCompareView(whole)
  /** The best first, where one value of the metric is better than another. */
  const drawn = createMemo<readonly RunRow[]>(() => {
    const shown = (runs.runs() ?? []).filter((run) => visibility.visible().has(run.id))
    const direction = ranking.direction()
    return direction === 'none' ? shown : bestFirst(shown, ({ id }) => ranking.value(id), direction)
  })
  const runIds = createMemo<readonly RunId[]>(() => drawn().map((run) => run.id), [], {
    equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]),
  })
  const baseline = (): RunId | undefined => runIds().find((id) => id === view.baseline) ?? runIds()[0]
  const columns = createMemo<readonly number[]>(() => {
    const first = runIds().findIndex((id) => id === baseline())
    const rows = runIds().map((_, row) => row)
    return [...(first < 0 ? [] : [first]), ...rows.filter((row) => row !== first)].slice(0, MAX_TABLE_RUNS)
  })
  const likeliest = createMemo(() => {
    const key = ranking.metric()
    if (key === null) return null
    return printOperand({ from: 'metric', key, aggregate: bestAggregate(ranking.direction()) })
  })
  const change: CompareScope['change'] = (label, part, kind) =>
    workspace.change(label, { compare: { ...whole(), ...part } }, kind)
  const scope: CompareScope = {
    view,
    change,
    runs: drawn,
    compare: createCompare(useTracker(), database, experimentId, runIds, series),
    columns,
    together: makeScrollTogether(),
    likeliest,
  }

  const hasSweep = createMemo(() => sweepNames(trialColumns(scope)).length > 0)
  const hasMedia = createMemo(() => comparedMedia(media.table(), drawn()).size > 0)
  const sections = createMemo(() =>
    COMPARE_SECTIONS.filter(
      (section) => (section !== 'sweep' || hasSweep()) && (section !== 'media' || hasMedia()),
    ),
  )

  function goTo(section: CompareSection): void {
    if (view.closed.includes(section))
      change(`Unfold ${SECTION_TITLES[section]}`, {
        closed: view.closed.filter((each) => each !== section),
      })
    const place = document.getElementById(sectionId(section))
    place?.scrollIntoView({ block: 'start' })
    place?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true })
  }

  const canCompare = (): boolean => drawn().length > 1
  useCommands().offer(() =>
    canCompare()
      ? [
          ...sections().map((section) => ({
            title: `Compare ${SECTION_TITLES[section].toLowerCase()}`,
            group: 'Compare',
            run: () => goTo(section),
          })),
          {
            title: view.showEqual ? 'Hide equal params' : 'Show equal params',
            group: 'Compare',
            run: () =>
              change(view.showEqual ? 'Hide equal params' : 'Show equal params', {
                showEqual: !view.showEqual,
              }),
          },
        ]
      : [],
  )

  return (
    <Show
      when={canCompare()}
      fallback={
        <Show when={runs.runs() !== undefined}>
          <ExperimentNote>{fewWords(drawn().length, (runs.runs() ?? []).length)}</ExperimentNote>
        </Show>
      }
    >
      <CompareContext.Provider value={scope}>
        <div class="compare-tab">
          <div class="compare-tab-head">
            <nav class="compare-tab-nav" aria-label="Parts of the comparison">
              <For each={sections()}>
                {(section) => (
                  <button type="button" onClick={() => goTo(section)}>
                    {SECTION_TITLES[section]}
                  </button>
                )}
              </For>
            </nav>
            <CompareChoice label="Baseline">
              <select
                class="inline-select"
                onChange={(event) => change('Choose a baseline', { baseline: event.currentTarget.value })}
              >
                <For each={drawn().slice(0, MAX_TABLE_RUNS)}>
                  {(run) => (
                    <option value={run.id} selected={run.id === baseline()}>
                      {run.label}
                    </option>
                  )}
                </For>
              </select>
            </CompareChoice>
          </div>
          <Show when={scope.compare.failure()}>
            {(message) => <ExperimentNote>{message()}</ExperimentNote>}
          </Show>
          <Show when={drawn().length < (runs.runs() ?? []).length}>
            <CompareNote isPage>
              {formatCount(drawn().length)} of {formatPlural((runs.runs() ?? []).length, 'matching run')} are
              drawn and compared here; only {SECTION_TITLES.importance} looks at all of them.
            </CompareNote>
          </Show>
          <Show when={drawn().length > MAX_TABLE_RUNS}>
            <CompareNote isPage>
              The tables show the first {MAX_TABLE_RUNS} of {formatCount(drawn().length)} drawn runs; the
              pictures show all of them.
            </CompareNote>
          </Show>
          <Show when={hasSweep()}>
            <CompareSweep />
          </Show>
          <CompareGrid>
            <CompareParams />
            <CompareTags />
            <Suspense>
              <CompareEnvironment />
            </Suspense>
            <CompareMetrics />
          </CompareGrid>
          <CompareParallel />
          <CompareScatter />
          <CompareHeat />
          <CompareImportance />
          <CompareCurves />
          <Show when={hasMedia()}>
            <CompareMedia />
          </Show>
        </div>
      </CompareContext.Provider>
    </Show>
  )
}

function fewWords(drawn: number, known: number): string {
  if (known < 2) return 'Two runs are needed to compare. Here they stand side by side once there are two.'
  return drawn === 0
    ? `None of ${known} runs is drawn. Show at least two with the eye in the list, and they are compared here.`
    : `One of ${known} runs is drawn. Show another with the eye in the list, and they are compared here.`
}
