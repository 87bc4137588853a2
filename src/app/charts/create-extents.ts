import { createMemo, createSignal, type Accessor } from 'solid-js'
import { joinExtents, seriesExtent } from './x-extent.ts'
import type { XRange } from '../workspace/x-range.ts'
import { useExperiment } from '../experiment/experiment-context.ts'

/** How far charts reach along x, unzoomed. */
export interface Extents {
  own(metric: string): XRange | null
  /** Of all charts together. */
  readonly shared: Accessor<XRange | null>
  /** What a chart read just now reaches further than the summaries, which follow a little later. */
  setRead(metric: string, extent: XRange | null): void
}

/** Of the charts of some metrics. */
export function createExtents(metrics: Accessor<readonly string[]>): Extents {
  const { runs, series, visibility, view } = useExperiment()
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

  function placeOf(key: string): string {
    const x = view.x()
    return `${typeof x === 'object' ? `metric ${x.metric}` : x} ${key}`
  }

  const own = (key: string): XRange | null =>
    joinExtents(extents().get(key) ?? null, readExtents().get(placeOf(key)) ?? null)

  return {
    own,
    shared: createMemo<XRange | null>(
      () => metrics().reduce<XRange | null>((all, key) => joinExtents(all, own(key)), null),
      null,
      { equals: (a, b) => a?.from === b?.from && a?.to === b?.to },
    ),
    setRead(key, extent) {
      const place = placeOf(key)
      const before = readExtents().get(place)
      if (before?.from === extent?.from && before?.to === extent?.to) return
      setReadExtents((known) => {
        const next = new Map(known)
        if (extent === null) next.delete(place)
        else next.set(place, extent)
        return next
      })
    },
  }
}
