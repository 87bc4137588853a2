import { createContext, useContext } from 'solid-js'
import { connectTracker } from '../../client/connect.ts'
import { onTrackerEvent } from '../../client/notices.ts'
import { scopeUplink } from '../../client/uplink.ts'
import type { Change } from '../../model/log-batch.ts'
import { callByName, makeApi } from '../../protocol/calls.ts'
import type { Outcome } from '../../protocol/outcome.ts'
import type { IngestReceipt } from '../../protocol/store-api.ts'
import type { TrackerApi } from '../../protocol/tracker-api.ts'
import type { TrackerEvent } from '../../protocol/tracker-event.ts'
import type { OwnerState } from '../../protocol/worker-api.ts'
import { busyWhile } from './idle.ts'

/** The one road between the screens and the database. */
export interface Tracker {
  readonly api: TrackerApi
  /** Why the tracker worker cannot be reached, as a sentence; null while it can be. */
  failure(): string | null
  /** Calls back for every announcement; returns how to stop. */
  onEvent(listener: (event: TrackerEvent) => void): () => void
  commit(changes: readonly Change[]): Outcome<IngestReceipt>
  /** How this page stands to the owner of the database. */
  owner(): OwnerState
  /** Calls back whenever that changes; returns how to stop. */
  onOwner(listener: (owner: OwnerState) => void): () => void
  takeOver(): void
}

/** Connects to the tracker; the page counts as busy while a call is under way. */
export function openTracker(): Tracker {
  const connection = connectTracker()
  const { api } = connection
  const listeners = new Set<(event: TrackerEvent) => void>()
  onTrackerEvent((event) => {
    for (const listener of listeners) listener(event)
  })

  return {
    api: makeApi((name, argument) => busyWhile(callByName(api, name, argument))),
    failure: () => connection.failure,
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    commit: (changes) => busyWhile(scopeUplink().commit(changes)),
    owner: () => connection.owner,
    onOwner: connection.onOwner,
    takeOver: connection.takeOver,
  }
}

export const TrackerContext = createContext<Tracker>()

export function useTracker(): Tracker {
  const tracker = useContext(TrackerContext)
  if (tracker === undefined) throw new Error('useTracker outside of <TrackerContext.Provider>')
  return tracker
}
