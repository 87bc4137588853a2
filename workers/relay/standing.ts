import type { OwnerState } from '../../src/protocol/worker-api.ts'
import { makeDeferred, type Deferred } from './deferred.ts'

/** How this worker stands to the owner, and who waits to hear of a change. */
export interface Standing {
  readonly state: OwnerState
  set(state: OwnerState): void
  /** Resolves when the state is another than the one seen. */
  next(seen: OwnerState): Promise<OwnerState>
}

export function makeStanding(): Standing {
  let state: OwnerState = 'reached'
  let changed: Deferred<void> = makeDeferred()
  return {
    get state() {
      return state
    },
    set(next) {
      if (next === state) return
      state = next
      const told = changed
      changed = makeDeferred()
      told.resolve()
    },
    async next(seen) {
      for (;;) {
        if (state !== seen) return state
        await changed.promise
      }
    },
  }
}
