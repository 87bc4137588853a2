import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { RunDetail, RunRequest } from '../../protocol/runs-api.ts'
import { makePaced } from '../tracker/coalesce.ts'
import { shownFailure } from '../tracker/shown-failure.ts'
import type { Tracker } from '../tracker/tracker.ts'

export interface RunDetailState {
  readonly detail: Accessor<RunDetail | undefined>
  readonly failure: Accessor<string | null>
  refresh(): void
}

/** An overview is read by a human: twice a second is live enough. */
const PAUSE_MS = 400

/** Everything known of one run, live. */
export function createRunDetail(tracker: Tracker, request: Accessor<RunRequest>): RunDetailState {
  const [detail, setDetail] = createSignal<RunDetail>()
  const [failure, setFailure] = createSignal<string | null>(null)

  // What asks may be gone while an answer is on its way; then the last request stands.
  const wanted = createMemo(request)
  let disposed = false
  onCleanup(() => (disposed = true))

  const refresh = makePaced(async () => {
    if (disposed) return
    const asked = wanted()
    const answer = await tracker.api.readRun(asked)
    if (disposed) return
    if (wanted().runId !== asked.runId) {
      refresh()
      return
    }
    setFailure(answer.ok ? null : shownFailure(answer.error))
    if (answer.ok) setDetail(answer.value)
  }, PAUSE_MS)

  createEffect(on(wanted, refresh))
  onCleanup(
    tracker.onEvent((event) => {
      if (event.type === 'storageChanged') refresh()
      if (event.type !== 'seriesGrew' && event.type !== 'runsChanged') return
      if (event.database === wanted().database && event.runIds.includes(wanted().runId)) refresh()
    }),
  )
  return { detail, failure, refresh }
}
