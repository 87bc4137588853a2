import { expose, wrap, type Endpoint } from 'comlink'
import type { TrackerApi } from '../../src/protocol/tracker-api.ts'
import { relayChannel, workerLock, WORKERS_MEETING, type Meeting } from '../../src/protocol/version.ts'
import { openLobby } from './lobby.ts'
import { awaitOwnership, holdLock, onLockFree } from './own.ts'
import { makeRouter } from './router.ts'

/**
 * Joins the workers of this origin and answers with a TrackerApi that reaches the one owner of the database, wherever
 * it lives and whenever it changes. `openService` runs only in the worker that becomes the owner.
 */
export function joinOwner(
  ownId: string,
  openService: () => Promise<TrackerApi>,
  meeting: Meeting = WORKERS_MEETING,
): TrackerApi {
  const router = makeRouter()
  const lobby = openLobby(meeting.lobbyChannel, ownId)
  let servedBy: string | undefined
  let owned: BroadcastChannel | undefined

  void holdLock(workerLock(ownId)).then(() => {
    lobby.join((ownerId) => {
      if (ownerId === servedBy) return
      servedBy = ownerId
      owned?.close()
      owned = new BroadcastChannel(relayChannel(ownId))
      router.routeTo(wrap<TrackerApi>(owned as Endpoint) as unknown as TrackerApi)
    })
    awaitOwnership(
      meeting.ownerLock,
      async () => {
        const service = await openService()
        router.routeTo(service)
        owned?.close()
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
    const channel = new BroadcastChannel(relayChannel(workerId))
    expose(service, channel as Endpoint)
    onLockFree(workerLock(workerId), () => {
      served.delete(workerId)
      channel.close()
    })
  }
}
