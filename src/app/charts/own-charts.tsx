import Plus from 'lucide-solid/icons/plus'
import { createContext, createSignal, For, Show, Suspense, useContext, type JSX } from 'solid-js'
import { useExperiment } from '../experiment/experiment-context.ts'
import { newOwnChart, ownKey } from '../experiment/create-charts.ts'
import { FoldHeading } from '../../widgets/fold-heading.tsx'
import { formatPlural } from '../../widgets/number-format.ts'
import type { Nearness } from '../shell/create-nearness.ts'
import { useCommands } from '../shell/create-commands.ts'
import { lazyView } from '../shell/lazy-view.ts'
import type { OwnChart } from '../workspace/charts-view.ts'
import type { XRange } from '../workspace/x-range.ts'
import { ChartCards, ChartPlace } from './chart-cards.tsx'
import { NamedSection } from './chart-section.tsx'
import './own-charts.css'

const OwnChartCard = lazyView(async () => (await import('./own-chart-card.tsx')).OwnChartCard)
const OwnChartDialog = lazyView(async () => (await import('./own-chart-dialog.tsx')).OwnChartDialog)

/** Asks for a chart of one's own to be put together, with some metrics to begin with, or to be changed. */
export interface OwnChartAsking {
  add(metrics?: readonly string[]): void
  edit(chart: OwnChart): void
}

const Asking = createContext<OwnChartAsking>()

export function useOwnCharts(): OwnChartAsking {
  const asking = useContext(Asking)
  if (asking === undefined) throw new Error('There is nobody to ask for charts of one’s own here.')
  return asking
}

/** Where charts of one's own can be asked for: their dialog opens over it. */
export function OwnCharts(props: { readonly children: JSX.Element }) {
  const [asked, setAsked] = createSignal<{ readonly chart: OwnChart; readonly isNew: boolean } | null>(null)
  const asking: OwnChartAsking = {
    add: (metrics = []) => void setAsked({ chart: newOwnChart(metrics), isNew: true }),
    edit: (chart) => void setAsked({ chart, isNew: false }),
  }
  useCommands().offer(() => [{ title: 'Add a chart', group: 'Charts', run: () => asking.add() }])
  return (
    <Asking.Provider value={asking}>
      {props.children}
      <Show when={asked()}>
        {(found) => (
          <Suspense>
            <OwnChartDialog chart={found().chart} isNew={found().isNew} onClose={() => setAsked(null)} />
          </Suspense>
        )}
      </Show>
    </Asking.Provider>
  )
}

/** Opens the dialog for a new chart; nothing where there are no charts. */
export function AddChart() {
  return (
    <Show when={useContext(Asking)}>
      {(asking) => (
        <button
          type="button"
          class="own-charts-add"
          aria-label="Add a chart"
          title="Add a chart of your own"
          onClick={() => asking().add()}
        >
          <Plus size={14} />
          <span>Add a chart</span>
        </button>
      )}
    </Show>
  )
}

interface OwnSectionsProps {
  readonly near: Nearness
  readonly sharedExtent: XRange | null
}

/** Charts of one's own, before all others. */
export function OwnSections(props: OwnSectionsProps) {
  const { charts } = useExperiment()
  const asking = useOwnCharts()
  return (
    <For each={charts.ownSections().map(({ name }) => name)}>
      {(name) => {
        const title = (): string => (name === '' ? 'Your charts' : name)
        const fold = ownKey({ id: `section ${name}` })
        const members = (): readonly OwnChart[] =>
          charts.ownSections().find((section) => section.name === name)?.charts ?? []
        return (
          <NamedSection label={title()}>
            <FoldHeading
              name={title()}
              count={formatPlural(members().length, 'chart')}
              isOpen={!charts.isCollapsed(fold)}
              onToggle={() => charts.toggleCollapsed(fold)}
            />
            <Show when={!charts.isCollapsed(fold)}>
              <ChartCards>
                <For each={members().map(({ id }) => id)}>
                  {(id) => {
                    const place = ownKey({ id })
                    const chart = (): OwnChart | undefined => members().find((each) => each.id === id)
                    return (
                      <ChartPlace near={props.near} place={place}>
                        <Show when={chart()}>
                          {(found) => (
                            <Suspense>
                              <OwnChartCard
                                chart={found()}
                                sharedExtent={props.sharedExtent}
                                onEdit={asking.edit}
                              />
                            </Suspense>
                          )}
                        </Show>
                      </ChartPlace>
                    )
                  }}
                </For>
              </ChartCards>
            </Show>
          </NamedSection>
        )
      }}
    </For>
  )
}
