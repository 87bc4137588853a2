import { createMemo, createSignal, For, Show } from 'solid-js'
import { joinExtents, seriesExtent } from '../state/x-extent.ts'
import type { XRange } from '../state/x-range.ts'
import { groupMetrics } from '../state/metric-sections.ts'
import { formatPlural } from '../widgets/number-format.ts'
import { ChartCard } from './chart-card.tsx'
import { createNearness } from './create-nearness.ts'
import { useExperiment } from './experiment-context.ts'
import './chart-grid.css'

/** The charts of an experiment in sections by metric prefix; only those near the viewport exist. */
export function ChartGrid() {
  const { runs, series, visibility, view } = useExperiment()
  const sections = createMemo(() => groupMetrics(series.keys()))
  const near = createNearness()

  /** What charts read just now reaches further than the summaries, which follow a little later. */
  const [readExtents, setReadExtents] = createSignal<ReadonlyMap<string, XRange>>(new Map())
  const extents = createMemo(() => {
    const byKey = new Map<string, XRange>()
    const visible = visibility.visible()
    const x = view.x()
    for (const run of runs.runs() ?? []) {
      if (!visible.has(run.id)) continue
      const xMetric = typeof x === 'object' ? series.summary(run.id, x.metric) : undefined
      for (const [key, summary] of series.table().get(run.id) ?? []) {
        const extent = seriesExtent(summary, x, run.startedAt, xMetric)
        const joined = joinExtents(byKey.get(key) ?? null, extent)
        if (joined !== null) byKey.set(key, joined)
      }
    }
    return byKey
  })
  const ownExtent = (key: string): XRange | null =>
    joinExtents(extents().get(key) ?? null, readExtents().get(placeOf(key)) ?? null)
  const sharedExtent = createMemo<XRange | null>(
    () => series.keys().reduce<XRange | null>((all, key) => joinExtents(all, ownExtent(key)), null),
    null,
    { equals: (a, b) => a?.from === b?.from && a?.to === b?.to },
  )

  function placeOf(key: string): string {
    const x = view.x()
    return `${typeof x === 'object' ? `metric ${x.metric}` : x} ${key}`
  }

  function setReadExtent(key: string, extent: XRange | null): void {
    const place = placeOf(key)
    const before = readExtents().get(place)
    if (before?.from === extent?.from && before?.to === extent?.to) return
    setReadExtents((known) => {
      const next = new Map(known)
      if (extent === null) next.delete(place)
      else next.set(place, extent)
      return next
    })
  }

  return (
    <div class="chart-grid">
      <For each={sections()}>
        {(section) => (
          <section class="chart-section" aria-label={section.prefix === '' ? 'Metrics' : section.prefix}>
            <Show when={sections().length > 1}>
              <h2 class="chart-section-name">
                {section.prefix === '' ? 'Metrics' : section.prefix}
                <span class="chart-section-count">{formatPlural(section.keys.length, 'chart')}</span>
              </h2>
            </Show>
            <div class="chart-section-grid">
              <For each={section.keys}>
                {(key) => (
                  <div class="chart-place" ref={(place) => near.observe(place, key)}>
                    <Show when={near.has(key)}>
                      <ChartCard
                        metric={key}
                        ownExtent={ownExtent(key)}
                        sharedExtent={sharedExtent()}
                        onExtent={(extent) => setReadExtent(key, extent)}
                      />
                    </Show>
                  </div>
                )}
              </For>
            </div>
          </section>
        )}
      </For>
    </div>
  )
}
