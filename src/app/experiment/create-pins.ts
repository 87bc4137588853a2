import { createMemo } from 'solid-js'
import type { RunId } from '../../model/units.ts'
import type { Workspace } from '../workspace/create-workspace.ts'
import { MAX_PINNED_RUNS } from '../workspace/workspace-view.ts'

/** Runs that come first in list and table, and lie on top in every chart. */
export interface PinsState {
  isPinned(id: RunId): boolean
  set(ids: readonly RunId[], pinned: boolean): void
  /** Those that are pinned first, in the order they were pinned; the others as they come. */
  first<T>(rows: readonly T[], id: (row: T) => RunId): readonly T[]
  /** Those that are pinned last: what is drawn last lies on top. */
  last<T>(rows: readonly T[], id: (row: T) => RunId): readonly T[]
}

export function createPins(workspace: Workspace): PinsState {
  const pinned = workspace.pick('pinnedRuns')
  const places = createMemo(() => new Map(pinned().map((id, place) => [id, place])))
  return {
    isPinned: (id) => places().has(id),
    set(ids, isPinned) {
      const others = pinned().filter((id) => !ids.includes(id))
      const next = isPinned ? [...others, ...ids].slice(-MAX_PINNED_RUNS) : others
      const what = ids.length === 1 ? 'a run' : 'runs'
      workspace.change(isPinned ? `Pin ${what}` : `Unpin ${what}`, { pinnedRuns: next })
    },
    first(rows, id) {
      const known = places()
      if (known.size === 0) return rows
      const placeOf = (row: (typeof rows)[number]): number => known.get(id(row)) ?? known.size
      return rows.toSorted((a, b) => placeOf(a) - placeOf(b))
    },
    last(rows, id) {
      const known = places()
      if (known.size === 0) return rows
      return rows.toSorted((a, b) => Number(known.has(id(a))) - Number(known.has(id(b))))
    },
  }
}
