import ArrowLeft from 'lucide-solid/icons/arrow-left'
import { createMemo, For, Show } from 'solid-js'
import type { RunId } from '../../model/units.ts'
import { groupRuns } from '../experiment/run-groups.ts'
import { Button } from '../../widgets/button.tsx'
import { formatCount, formatPlural } from '../../widgets/number-format.ts'
import { ChartCard } from './chart-card.tsx'
import { ChartCards, ChartPlace } from './chart-cards.tsx'
import { ChartSection, PinnedSection } from './chart-section.tsx'
import { OwnSections, useOwnCharts } from './own-charts.tsx'
import { createExtents, type Extents } from './create-extents.ts'
import { createGradual } from './create-gradual.ts'
import { createHeights } from './create-heights.ts'
import { createNearness, type Nearness } from '../shell/create-nearness.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import './chart-grid.css'

/** Runs that have charts of their own. */
interface Part {
  readonly id: string
  readonly name: string
  readonly runIds: ReadonlySet<RunId> | null
}

const ALL_RUNS: readonly Part[] = [{ id: '', name: '', runIds: null }]
/** More charts of one metric than this are not looked at. */
const MAX_PARTS = 24

/** The charts of an experiment in sections by metric prefix; only those near the viewport exist. */
export function ChartGrid() {
  const { charts, columns, looks, runs, series, workspace } = useExperiment()
  const extents = createExtents(series.keys)
  const near = createNearness()
  const arranged = workspace.pick('charts')
  const expanded = createMemo(() => {
    const metric = arranged().expanded
    return metric !== null && series.keys().includes(metric) ? metric : null
  })
  const parts = createMemo<readonly Part[]>(() => {
    const { splitBy } = arranged()
    if (splitBy === null || !columns().has(splitBy)) return ALL_RUNS
    const told = (runs.runs() ?? []).map((run) => run.id).filter((id) => looks.covered().has(id))
    return groupRuns([splitBy], columns(), told).map(({ id, name, runIds }) => ({
      id,
      name,
      runIds: new Set(runIds),
    }))
  }, ALL_RUNS)
  const shownParts = createMemo(() => parts().slice(0, MAX_PARTS))

  const keysOf = createMemo(() => new Map(charts.sections().map(({ prefix, keys }) => [prefix, keys])))
  const total = createMemo(() => [...keysOf().values()].reduce((sum, keys) => sum + keys.length, 0))
  const count = createGradual(total)
  /** The sections and charts that exist by now. */
  const present = createMemo(() => {
    let left = count()
    const shown = new Map<string, readonly string[]>()
    for (const [prefix, keys] of keysOf()) {
      if (left <= 0) break
      shown.set(prefix, keys.slice(0, left))
      left -= keys.length
    }
    return shown
  })

  return (
    <Show
      when={expanded()}
      keyed
      fallback={
        <div class="chart-grid">
          <Show when={charts.patternProblem()}>
            {(problem) => (
              <p class="chart-grid-problem">{problem()} The charts are those of the last pattern.</p>
            )}
          </Show>
          <Show when={parts().length > MAX_PARTS}>
            <p class="chart-grid-problem">
              Charts for the first {MAX_PARTS} of {formatCount(parts().length)} values. A filter brings the
              others.
            </p>
          </Show>
          <OwnSections near={near} sharedExtent={extents.shared()} />
          <Show when={charts.pinned().length > 0}>
            <PinnedSection>
              <MetricCards metrics={charts.pinned()} parts={shownParts()} extents={extents} near={near} />
            </PinnedSection>
          </Show>
          <For each={[...present().keys()]}>
            {(prefix) => (
              <ChartSection prefix={prefix} count={keysOf().get(prefix)?.length ?? 0}>
                <MetricCards
                  metrics={present().get(prefix) ?? []}
                  parts={shownParts()}
                  extents={extents}
                  near={near}
                />
              </ChartSection>
            )}
          </For>
          <Show when={charts.sections().length === 0 && charts.pinned().length === 0}>
            <p class="chart-grid-none">
              None of {formatPlural(series.keys().length, 'metric')} has a name like that.{' '}
              <Button look="quiet" onClick={() => charts.change('Show all metrics', { metrics: '' })}>
                Show all metrics
              </Button>
            </p>
          </Show>
        </div>
      }
    >
      {(metric) => (
        <div class="chart-grid-expanded">
          <Button
            class="chart-grid-expanded-back"
            look="quiet"
            onClick={() => charts.change('Back to all charts', { expanded: null })}
          >
            <ArrowLeft size={14} />
            All charts
          </Button>
          <ChartCard
            metric={metric}
            subtitle=""
            runIds={null}
            isExpanded
            ownExtent={extents.own(metric)}
            sharedExtent={extents.own(metric)}
            onExtent={(extent) => extents.setRead(metric, extent)}
          />
        </div>
      )}
    </Show>
  )
}

interface MetricCardsProps {
  readonly metrics: readonly string[]
  readonly parts: readonly Part[]
  readonly extents: Extents
  readonly near: Nearness
}

function MetricCards(props: MetricCardsProps) {
  const { charts } = useExperiment()
  const asking = useOwnCharts()
  const heights = createHeights()
  return (
    <ChartCards>
      <For each={props.metrics}>
        {(metric) => (
          <For each={props.parts}>
            {(part) => {
              const place = `${part.id} ${metric}`
              return (
                <ChartPlace near={props.near} place={place}>
                  <ChartCard
                    metric={metric}
                    subtitle={part.name}
                    runIds={part.runIds}
                    isExpanded={false}
                    ownExtent={props.extents.own(metric)}
                    sharedExtent={props.extents.shared()}
                    onExtent={(extent) => props.extents.setRead(metric, extent)}
                    height={
                      part.runIds === null
                        ? undefined
                        : {
                            all: heights.of(metric),
                            onFit: (height) => heights.setPart(metric, part.id, height),
                          }
                    }
                    onDrop={(dragged) => charts.move(dragged, metric)}
                    onCombine={() => asking.add([metric])}
                  />
                </ChartPlace>
              )
            }}
          </For>
        )}
      </For>
    </ChartCards>
  )
}
