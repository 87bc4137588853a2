import { createEffect, createMemo, createSignal, on, type Accessor } from 'solid-js'
import type { ArtifactList, ArtifactsRequest } from '../../protocol/artifacts-api.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
import type { Tracker } from '../tracker/tracker.ts'

export interface ArtifactsState {
  /** Undefined until the first answer. */
  readonly list: Accessor<ArtifactList | undefined>
  readonly failure: Accessor<string | null>
  refresh(): void
}

/** Artifacts come one by one: twice a second is live enough. */
const PAUSE_MS = 400

/** What is known of the artifacts of an experiment, of one run, or of all, live. */
export function createArtifacts(tracker: Tracker, request: Accessor<ArtifactsRequest>): ArtifactsState {
  const [list, setList] = createSignal<ArtifactList>()
  const wanted = createMemo(request, undefined, { equals: isSameRequest })

  createEffect(on(wanted, () => setList(undefined)))
  const { failure, refresh } = createLiveRead(tracker, {
    database: () => wanted().database,
    on: ['runsChanged', 'arrangementChanged'],
    pauseMs: PAUSE_MS,
    query: wanted,
    read: () => tracker.api.readArtifacts(wanted()),
    take: setList,
  })
  return { list, failure, refresh }
}

function isSameRequest(a: ArtifactsRequest, b: ArtifactsRequest): boolean {
  return a.database === b.database && a.experimentId === b.experimentId && a.runId === b.runId
}
