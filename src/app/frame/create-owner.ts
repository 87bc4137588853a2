import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import { scopeUplink } from '../../client/uplink.ts'
import type { OwnerState } from '../../protocol/worker-api.ts'
import type { Tracker } from '../tracker/tracker.ts'

export interface OwnerWatch {
  readonly state: Accessor<OwnerState>
  /** True from the wish to take over until the state changes. */
  readonly isTaking: Accessor<boolean>
  takeOver(): void
  /** Loads the page again, once what was logged in it is durable or cannot be for now. */
  reload(): Promise<void>
}

/** How this page stands to the owner of the database, and what the user can do about it. */
export function createOwner(tracker: Tracker): OwnerWatch {
  const [state, setState] = createSignal(tracker.owner())
  const [isTaking, setTaking] = createSignal(false)
  onCleanup(tracker.onOwner(setState))
  createEffect(on(state, () => setTaking(false)))
  return {
    state,
    isTaking,
    takeOver() {
      setTaking(true)
      tracker.takeOver()
    },
    async reload() {
      await scopeUplink().flush()
      location.reload()
    },
  }
}
