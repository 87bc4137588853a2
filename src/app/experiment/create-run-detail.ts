import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { RunDetail, RunRequest } from '../../protocol/runs-api.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
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
  const wanted = createMemo(request)
  const { failure, refresh } = createLiveRead(tracker, {
    database: () => wanted().database,
    on: ['seriesGrew', 'runsChanged'],
    of: ({ runIds }) => runIds.filter((id) => id === wanted().runId),
    pauseMs: PAUSE_MS,
    query: wanted,
    read: () => tracker.api.readRun(wanted()),
    take: setDetail,
  })
  return { detail, failure, refresh }
}
