import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { ArtifactList, ArtifactsRequest } from '../../protocol/artifacts-api.ts'
import { makePaced } from '../tracker/coalesce.ts'
import { shownFailure } from '../tracker/shown-failure.ts'
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
  const [failure, setFailure] = createSignal<string | null>(null)
  const wanted = createMemo(request, undefined, { equals: isSameRequest })
  let disposed = false
  onCleanup(() => (disposed = true))

  const refresh = makePaced(async () => {
    if (disposed) return
    const asked = wanted()
    const answer = await tracker.api.readArtifacts(asked)
    if (disposed || wanted() !== asked) return
    setFailure(answer.ok ? null : shownFailure(answer.error))
    if (answer.ok) setList(answer.value)
  }, PAUSE_MS)

  createEffect(
    on(wanted, () => {
      setList(undefined)
      refresh()
    }),
  )
  onCleanup(
    tracker.onEvent((event) => {
      if (event.type === 'storageChanged') refresh()
      if (event.type !== 'runsChanged' && event.type !== 'arrangementChanged') return
      if (event.database === wanted().database) refresh()
    }),
  )
  return { list, failure, refresh }
}

function isSameRequest(a: ArtifactsRequest, b: ArtifactsRequest): boolean {
  return a.database === b.database && a.experimentId === b.experimentId && a.runId === b.runId
}
