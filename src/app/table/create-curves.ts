import { createEffect, createSignal, on, type Accessor } from 'solid-js'
import { err, ok, type Result } from '../../model/result.ts'
import type { RunId } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { TrackerError } from '../../protocol/tracker-error.ts'
import type { SeriesWindow } from '../../protocol/windows.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
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

  async function readColumn(key: string, runIds: readonly RunId[]): Promise<Result<void, TrackerError>> {
    const extent = wanted.extent(key)
    if (runIds.length === 0 || extent === null) return ok(undefined)
    const answer = await tracker.api.readWindows({
      database,
      x: 'step',
      ...extent,
      buckets: BUCKETS,
      // Of several laps the newest, which comes last, stays.
      laps: true,
      series: runIds.map((runId) => ({ runId, key })),
    })
    if (!answer.ok) return err(answer.error)
    if (curves.size > MOST_KEPT) curves.clear()
    for (const window of answer.value.windows) curves.set(name(window.runId, key), window)
    setVersion((count) => count + 1)
    return ok(undefined)
  }

  const { refresh } = createLiveRead(tracker, {
    database,
    on: ['seriesGrew'],
    of: ({ runIds }) => runIds,
    pauseMs: PAUSE_MS,
    async read(ids, isLate) {
      const outdated = new Set(ids ?? [...curves.values()].map(({ runId }) => runId))
      const inView = new Set(wanted.runIds())
      // Those out of view are read when they are scrolled to.
      for (const [place, { runId }] of curves)
        if (outdated.has(runId) && !inView.has(runId)) curves.delete(place)
      for (const key of wanted.keys()) {
        const isWanted = (id: RunId): boolean => outdated.has(id) || !curves.has(name(id, key))
        const answer = await readColumn(key, [...inView].filter(isWanted))
        if (!answer.ok || isLate()) return answer
      }
      return ok(undefined)
    },
  })
  createEffect(on([wanted.keys, wanted.runIds], () => refresh([]), { defer: true }))
  createEffect(
    on(
      () => wanted.keys().map(wanted.extent),
      () => refresh([], PAUSE_MS),
      { defer: true },
    ),
  )

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
