import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { RunId } from '../model/units.ts'
import type { DatabaseId, WindowsAnswer, PointAxis } from '../protocol/tracker-api.ts'
import { makeCoalesced } from './coalesce.ts'
import { holdBusy, nextPaint } from './idle.ts'
import { shownFailure } from './shown-failure.ts'
import type { Tracker } from './tracker.ts'

/** What one chart shows: a metric of some runs over a range of x. */
export interface WindowsQuery {
  readonly database: DatabaseId
  readonly key: string
  readonly runIds: readonly RunId[]
  readonly x: PointAxis
  /** null: everything there is, growing. */
  readonly range: { readonly from: number; readonly to: number } | null
  readonly buckets: number
}

export interface AnsweredQuery {
  readonly asked: WindowsQuery
  readonly answer: WindowsAnswer
}

export interface WindowsState {
  /** The latest answer and what it answers, kept while the next one is on its way. */
  readonly answered: Accessor<AnsweredQuery | undefined>
  readonly failure: Accessor<string | null>
}

/**
 * The windows of one chart, live.
 *
 * Read again when the query changes or one of its runs grew: one request at a time, the next starts when the answer has
 * been drawn, so never faster than the screen. A hidden page draws nothing and catches up when it is shown.
 */
export function createWindows(tracker: Tracker, query: Accessor<WindowsQuery | null>): WindowsState {
  const [answered, setAnswered] = createSignal<AnsweredQuery>()
  const [failure, setFailure] = createSignal<string | null>(null)
  let disposed = false

  const refresh = makeCoalesced(async () => {
    const asked = query()
    if (asked === null || disposed || document.hidden) return
    if (asked.runIds.length === 0) {
      setAnswered()
      return
    }
    const release = holdBusy()
    try {
      const read = await tracker.api.readWindows({
        database: asked.database,
        x: asked.x,
        from: asked.range?.from ?? null,
        to: asked.range?.to ?? null,
        buckets: asked.buckets,
        series: asked.runIds.map((runId) => ({ runId, key: asked.key })),
      })
      if (disposed) return
      setFailure(read.ok ? null : shownFailure(read.error))
      if (read.ok && isStillWanted(asked, query())) setAnswered({ asked, answer: read.value })
      await nextPaint()
    } finally {
      release()
    }
  })

  createEffect(on(query, refresh))
  document.addEventListener('visibilitychange', refresh)
  const stop = tracker.onEvent((event) => {
    if (event.type === 'storageChanged') refresh()
    if (event.type !== 'seriesGrew') return
    const asked = query()
    if (asked === null || event.database !== asked.database) return
    if (event.runIds.some((id) => asked.runIds.includes(id))) refresh()
  })
  onCleanup(() => {
    disposed = true
    stop()
    document.removeEventListener('visibilitychange', refresh)
  })
  return { answered, failure }
}

/** An answer in another unit of x would be drawn on the wrong axis; any other old answer is better than none. */
function isStillWanted(asked: WindowsQuery, wanted: WindowsQuery | null): boolean {
  return wanted !== null && wanted.x === asked.x && wanted.key === asked.key
}
