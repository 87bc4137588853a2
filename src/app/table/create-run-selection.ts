import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { RunId } from '../../model/units.ts'

export interface RunSelection {
  /** Never a run that is not among those offered. */
  readonly selected: Accessor<ReadonlySet<RunId>>
  toggle(runId: RunId): void
  /** Selects from the run that was last toggled to this one, in the order they are offered. */
  extendTo(runId: RunId): void
  selectAll(): void
  clear(): void
}

/** Which runs something is about to be done with. Runs that are no longer offered are not selected. */
export function createRunSelection(offered: Accessor<readonly RunId[]>): RunSelection {
  const [chosen, setChosen] = createSignal<ReadonlySet<RunId>>(new Set())
  const selected = createMemo<ReadonlySet<RunId>>(() => {
    const all = chosen()
    return all.size === 0 ? all : new Set(offered().filter((id) => all.has(id)))
  })
  let anchor: RunId | null = null

  return {
    selected,
    toggle(runId) {
      anchor = runId
      const next = new Set(selected())
      if (!next.delete(runId)) next.add(runId)
      setChosen(next)
    },
    extendTo(runId) {
      const ids = offered()
      const from = anchor === null ? -1 : ids.indexOf(anchor)
      const to = ids.indexOf(runId)
      if (to < 0) return
      const range = from < 0 ? [runId] : ids.slice(Math.min(from, to), Math.max(from, to) + 1)
      setChosen(new Set([...selected(), ...range]))
    },
    selectAll: () => setChosen(new Set(offered())),
    clear: () => setChosen(new Set<RunId>()),
  }
}
