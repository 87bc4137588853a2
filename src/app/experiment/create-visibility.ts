import { createMemo, type Accessor } from 'solid-js'
import type { RunId } from '../../model/units.ts'
import type { RunRow } from './create-runs.ts'
import type { Workspace } from '../workspace/create-workspace.ts'
import { ALL_DRAWN, MAX_NAMED_RUNS, type Drawn } from '../workspace/workspace-view.ts'

export interface VisibilityState {
  readonly visible: Accessor<ReadonlySet<RunId>>
  /** Those the user has hidden; of the others some are not drawn because they are too many. */
  readonly hidden: Accessor<ReadonlySet<RunId>>
  toggle(id: RunId): void
  set(ids: readonly RunId[], shown: boolean): void
  setAll(shown: boolean): void
  /** Shows this run alone; when it is alone already, all. */
  solo(id: RunId): void
}

/** More curves than this at once say nothing to the eye; older runs start hidden. */
export const MAX_SHOWN_AT_FIRST = 50

/** Which runs are drawn. The choice of the user holds; runs without a choice are shown when they are new enough. */
export function createVisibility(runs: Accessor<readonly RunRow[]>, workspace: Workspace): VisibilityState {
  const drawn = workspace.pick('drawn')
  const visible = createMemo<ReadonlySet<RunId>>(
    () => {
      const { others, shown, hidden } = drawn()
      const choices = new Map<RunId, boolean>()
      for (const id of shown) choices.set(id, true)
      for (const id of hidden) choices.set(id, false)
      const drawnRuns = runs().filter(
        (run, index) => choices.get(run.id) ?? others ?? index < MAX_SHOWN_AT_FIRST,
      )
      return new Set(drawnRuns.map((run) => run.id))
    },
    new Set(),
    { equals: (a, b) => a.size === b.size && [...a].every((id) => b.has(id)) },
  )

  const hiddenByUser = createMemo<ReadonlySet<RunId>>(() => {
    const { others, shown, hidden } = drawn()
    const [kept, gone] = [new Set(shown), new Set(hidden)]
    const isHidden = ({ id }: RunRow): boolean => gone.has(id) || (others === false && !kept.has(id))
    return new Set(
      runs()
        .filter(isHidden)
        .map((run) => run.id),
    )
  })

  const change = (label: string, next: Drawn): void => workspace.change(label, { drawn: next })
  const setAll = (others: boolean): void =>
    change(others ? 'Show all runs in charts' : 'Hide all runs', { ...ALL_DRAWN, others })

  function set(ids: readonly RunId[], isShown: boolean): void {
    const { others, shown, hidden } = drawn()
    const without = (named: readonly RunId[]): readonly RunId[] => named.filter((id) => !ids.includes(id))
    const runs = ids.length === 1 ? 'a run' : 'runs'
    change(isShown ? `Show ${runs}` : `Hide ${runs}`, {
      others,
      shown: isShown ? [...without(shown), ...ids] : without(shown),
      hidden: isShown ? without(hidden) : [...without(hidden), ...ids],
    })
  }

  return {
    visible,
    hidden: hiddenByUser,
    setAll,
    set,
    toggle: (id) => set([id], !visible().has(id)),
    solo(id) {
      if (visible().size === 1 && visible().has(id)) return setAll(true)
      const hidden = runs()
        .map((run) => run.id)
        .filter((each) => each !== id)
      // Runs that start from now on are drawn too, as far as the others can be named one by one.
      const isNamed = hidden.length <= MAX_NAMED_RUNS
      change('Show one run', { others: isNamed ? null : false, shown: [id], hidden: isNamed ? hidden : [] })
    },
  }
}
