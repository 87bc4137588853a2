import ArrowLeft from 'lucide-solid/icons/arrow-left'
import { createMemo, For, Show } from 'solid-js'
import { useCommands } from '../shell/create-commands.ts'
import { createMediaCards } from './create-media-cards.ts'
import { createMetricFilter } from '../experiment/create-metric-filter.ts'
import type { RunRow } from '../experiment/create-runs.ts'
import { createMediaReader } from './media-reader.ts'
import { groupMetrics } from '../experiment/metric-sections.ts'
import { useTracker } from '../tracker/tracker.ts'
import { Button } from '../../widgets/button.tsx'
import { FoldHeading } from '../../widgets/fold-heading.tsx'
import { formatPlural } from '../../widgets/number-format.ts'
import { createNearness } from '../shell/create-nearness.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { MediaCard } from './media-card.tsx'
import { mediaCommands } from './media-commands.ts'
import './media-grid.css'

interface MediaGridProps {
  /** Charts stand over it. */
  readonly isBelow: boolean
}

/** What the drawn runs logged to be looked at, a card for each key, in sections by prefix. */
export function MediaGrid(props: MediaGridProps) {
  const { database, media, runs, visibility, workspace } = useExperiment()
  const cards = createMediaCards(workspace)
  const reader = createMediaReader(useTracker(), database)
  const near = createNearness()
  const charts = workspace.pick('charts')
  const filter = createMetricFilter(createMemo(() => charts().metrics))

  const drawn = createMemo(() => (runs.runs() ?? []).filter(({ id }) => visibility.visible().has(id)))
  /** The drawn runs that have something under a key. */
  const runsByKey = createMemo(() => {
    const found = new Map<string, readonly RunRow[]>()
    for (const [key, having] of media.table() ?? []) {
      const shown = drawn().filter(({ id }) => having.has(id))
      if (shown.length > 0) found.set(key, shown)
    }
    return found
  })
  const sections = createMemo(
    () =>
      new Map(
        groupMetrics([...runsByKey().keys()].filter(filter.test())).map(({ prefix, keys }) => [prefix, keys]),
      ),
  )
  const expanded = createMemo(() => {
    const key = cards.expanded()
    return key !== null && runsByKey().has(key) ? key : null
  })
  useCommands().offer(() => mediaCommands(cards, [...runsByKey().keys()], expanded()))

  const card = (key: string, isExpanded: boolean) => (
    <MediaCard
      mediaKey={key}
      runs={runsByKey().get(key) ?? []}
      cards={cards}
      reader={reader}
      isExpanded={isExpanded}
    />
  )
  const isWide = (key: string): boolean =>
    (runsByKey().get(key)?.length ?? 0) > 1 || kindOf(key) === 'table' || kindOf(key) === 'html'
  const kindOf = (key: string) => media.table()?.get(key)?.values().next().value?.kind

  return (
    <Show
      when={expanded()}
      keyed
      fallback={
        <div class="media-grid" classList={{ 'is-below': props.isBelow }}>
          <For each={[...sections().keys()]}>
            {(prefix) => {
              const keys = () => sections().get(prefix) ?? []
              const isOpen = () => !cards.isCollapsed(prefix)
              return (
                <section
                  class="media-grid-section"
                  aria-label={prefix === '' ? 'Media' : `Media of ${prefix}`}
                >
                  <FoldHeading
                    name={prefix === '' ? 'Media' : prefix}
                    count={formatPlural(keys().length, 'card')}
                    isOpen={isOpen()}
                    onToggle={() => cards.toggleCollapsed(prefix)}
                  />
                  <Show when={isOpen()}>
                    <div class="media-grid-cards">
                      <For each={keys()}>
                        {(key) => (
                          <div
                            class="media-grid-place"
                            data-key={key}
                            classList={{ 'is-wide': isWide(key), 'is-short': kindOf(key) === 'audio' }}
                            ref={(element) => near.observe(element, key)}
                          >
                            <Show when={near.has(key)}>{card(key, false)}</Show>
                          </div>
                        )}
                      </For>
                    </div>
                  </Show>
                </section>
              )
            }}
          </For>
        </div>
      }
    >
      {(key) => (
        <div class="media-grid-expanded">
          <Button class="media-grid-expanded-back" look="quiet" onClick={() => cards.expand(null)}>
            <ArrowLeft size={14} />
            All charts
          </Button>
          {card(key, true)}
        </div>
      )}
    </Show>
  )
}
