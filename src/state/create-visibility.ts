import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { RunId } from '../model/units.ts'
import type { RunRow } from './create-runs.ts'

export interface VisibilityState {
  readonly visible: Accessor<ReadonlySet<RunId>>
  toggle(id: RunId): void
  setAll(shown: boolean): void
  /** Shows this run alone; when it is alone already, all. */
  solo(id: RunId): void
}

/** More curves than this at once say nothing to the eye; older runs start hidden. */
export const MAX_SHOWN_AT_FIRST = 50

/** Which runs are drawn. The choice of the user holds; runs without a choice are shown when they are new enough. */
export function createVisibility(runs: Accessor<readonly RunRow[]>): VisibilityState {
  const [chosen, setChosen] = createSignal<ReadonlyMap<RunId, boolean>>(new Map())
  const [unchosen, setUnchosen] = createSignal<boolean | null>(null)

  const visible = createMemo<ReadonlySet<RunId>>(
    () => {
      const choices = chosen()
      const rest = unchosen()
      const shown = runs().filter((run, index) => choices.get(run.id) ?? rest ?? index < MAX_SHOWN_AT_FIRST)
      return new Set(shown.map((run) => run.id))
    },
    new Set(),
    { equals: (a, b) => a.size === b.size && [...a].every((id) => b.has(id)) },
  )

  function setAll(shown: boolean): void {
    setChosen(new Map())
    setUnchosen(shown)
  }

  return {
    visible,
    setAll,
    toggle(id) {
      const shown = visible().has(id)
      setChosen((all) => new Map(all).set(id, !shown))
    },
    solo(id) {
      if (visible().size === 1 && visible().has(id)) {
        setAll(true)
        return
      }
      setChosen(new Map(runs().map((run) => [run.id, run.id === id])))
    },
  }
}
