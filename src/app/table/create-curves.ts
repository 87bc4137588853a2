import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { RunId } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { SeriesWindow } from '../../protocol/windows.ts'
import { makeCoalesced, makePaced } from '../tracker/coalesce.ts'
import type { Tracker } from '../tracker/tracker.ts'
import type { XRange } from '../workspace/x-range.ts'

export interface CurvesState {
  /** undefined until it is read. */
  curve(runId: RunId, key: string): SeriesWindow | undefined
}

interface WantedCurves {
  readonly keys: Accessor<readonly string[]>
  /** Those in view. */
  readonly runIds: Accessor<readonly RunId[]>
  /** Where all runs lie on x, so that the curves of a column compare. */
  extent(key: string): XRange | null
}

/** As many as a cell has room for. */
const BUCKETS = 60
/** Small pictures may lag. Unit: milliseconds. */
const PAUSE_MS = 500
/** More than these are read anew when they come into view again. */
const MOST_KEPT = 4_000

/** Small curves of metrics, for the runs in view only, live. */
export function createCurves(tracker: Tracker, database: DatabaseId, wanted: WantedCurves): CurvesState {
  const curves = new Map<string, SeriesWindow>()
  const [version, setVersion] = createSignal(0)
  const stale = new Set<RunId>()
  let disposed = false

  async function read(key: string, runIds: readonly RunId[]): Promise<boolean> {
    const extent = wanted.extent(key)
    if (runIds.length === 0 || extent === null) return true
    const answer = await tracker.api.readWindows({
      database,
      x: 'step',
      ...extent,
      buckets: BUCKETS,
      series: runIds.map((runId) => ({ runId, key })),
    })
    if (!answer.ok || disposed) return false
    if (curves.size > MOST_KEPT) curves.clear()
    for (const window of answer.value.windows) curves.set(name(window.runId, key), window)
    setVersion((count) => count + 1)
    return true
  }

  const pump = makeCoalesced(async () => {
    for (const key of wanted.keys()) {
      const missing = wanted.runIds().filter((runId) => !curves.has(name(runId, key)))
      if (!(await read(key, missing))) return
    }
  })
  const refresh = makePaced(async () => {
    const grown = wanted.runIds().filter((runId) => stale.has(runId))
    // Those out of view are read when they are scrolled to.
    for (const runId of stale) for (const key of wanted.keys()) curves.delete(name(runId, key))
    stale.clear()
    for (const key of wanted.keys()) if (!(await read(key, grown))) return
  }, PAUSE_MS)

  createEffect(on([wanted.keys, wanted.runIds, () => wanted.keys().map(wanted.extent)], pump))
  onCleanup(
    tracker.onEvent((event) => {
      if (event.type !== 'seriesGrew' || event.database !== database) return
      for (const runId of event.runIds) stale.add(runId)
      refresh()
    }),
  )
  onCleanup(() => (disposed = true))

  return {
    curve(runId, key) {
      version()
      return curves.get(name(runId, key))
    },
  }
}

function name(runId: RunId, key: string): string {
  return `${runId} ${key}`
}
