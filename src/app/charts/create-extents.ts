import { createMemo, createSignal, type Accessor } from 'solid-js'
import { isPlausibleExtent, joinExtents, seriesExtent } from './x-extent.ts'
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
  const { looks, runs, series, view } = useExperiment()
  const [readExtents, setReadExtents] = createSignal<ReadonlyMap<string, XRange>>(new Map())
  const extents = createMemo(() => {
    const byKey = new Map<string, XRange>()
    const astray = new Map<string, XRange>()
    const covered = looks.covered()
    const x = view.x()
    for (const run of runs.runs() ?? []) {
      if (!covered.has(run.id)) continue
      const xMetric = typeof x === 'object' ? series.summary(run.id, x.metric) : undefined
      for (const [key, summary] of series.table().get(run.id) ?? []) {
        const extent = seriesExtent(summary, x, run.startedAt, xMetric)
        if (extent === null) continue
        const into = isPlausibleExtent(extent, x) ? byKey : astray
        into.set(key, joinExtents(into.get(key) ?? null, extent) ?? extent)
      }
    }
    return { byKey, astray }
  })

  function placeOf(key: string): string {
    const x = view.x()
    return `${typeof x === 'object' ? `metric ${x.metric}` : x} ${key}`
  }

  const meant = (key: string): XRange | null =>
    joinExtents(extents().byKey.get(key) ?? null, readExtents().get(placeOf(key)) ?? null)
  /** Where all times of a chart are astray it shows them all the same. */
  const own = (key: string): XRange | null => meant(key) ?? extents().astray.get(key) ?? null
  const plausible = (key: string): XRange | null => {
    const extent = meant(key)
    return extent !== null && isPlausibleExtent(extent, view.x()) ? extent : null
  }
  const joined = (of: (key: string) => XRange | null): XRange | null =>
    metrics().reduce<XRange | null>((all, key) => joinExtents(all, of(key)), null)

  return {
    own,
    shared: createMemo<XRange | null>(() => joined(plausible) ?? joined(own), null, {
      equals: (a, b) => a?.from === b?.from && a?.to === b?.to,
    }),
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
