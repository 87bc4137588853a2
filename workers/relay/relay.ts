import { expose, wrap } from 'comlink'
import type { TrackerApi } from '../../src/protocol/tracker-api.ts'
import { workerLock, WORKERS_MEETING, type Meeting } from '../../src/protocol/version.ts'
import { openRelayChannel, type RelayChannel } from './channel.ts'
import { openLobby } from './lobby.ts'
import { awaitOwnership, holdLock, onLockFree } from './own.ts'
import { makeRouter } from './router.ts'

export interface JoinOptions {
  readonly meeting?: Meeting
  /** Called once this worker holds the lock by which others know that it lives. */
  readonly onHeld?: () => void
}

/**
 * Joins the workers of this origin and answers with a TrackerApi that reaches the one owner of the database, wherever
 * it lives and whenever it changes. `openService` runs only in the worker that becomes the owner.
 */
export function joinOwner(
  ownId: string,
  openService: () => Promise<TrackerApi>,
  { meeting = WORKERS_MEETING, onHeld }: JoinOptions = {},
): TrackerApi {
  const router = makeRouter()
  const lobby = openLobby(meeting.lobbyChannel, ownId)
  let servedBy: string | undefined
  let toOwner: RelayChannel | undefined

  void holdLock(workerLock(ownId)).then(() => {
    onHeld?.()
    lobby.join((ownerId) => {
      if (ownerId === servedBy) return
      servedBy = ownerId
      toOwner?.[Symbol.dispose]()
      toOwner = openRelayChannel(ownId)
      router.routeTo(wrap<TrackerApi>(toOwner.endpoint) as unknown as TrackerApi)
    })
    awaitOwnership(
      meeting.ownerLock,
      async () => {
        const service = await openService()
        router.routeTo(service)
        toOwner?.[Symbol.dispose]()
        lobby.own(makeServing(service))
      },
      () => servedBy !== undefined,
    )
  })
  return router.api
}

/** Serves other workers, each on its own channel, until that worker is gone. */
function makeServing(service: TrackerApi): (workerId: string) => void {
  const served = new Set<string>()
  return (workerId) => {
    if (served.has(workerId)) return
    served.add(workerId)
    const channel = openRelayChannel(workerId)
    expose(service, channel.endpoint)
    onLockFree(workerLock(workerId), () => {
      served.delete(workerId)
      channel[Symbol.dispose]()
    })
  }
}
