import type { StorageKind } from '../../src/protocol/store-api.ts'
import type { KymoVersion } from '../../src/protocol/version.ts'
import { parseLobbyMessage, type LobbyMessage, type OwnerPhase } from './lobby-message.ts'

/** An owner as it introduces itself. */
export interface OwnerCard {
  readonly ownerId: string
  readonly version: KymoVersion
  readonly storage: StorageKind
}

export interface LobbyEvents {
  /** There is an owner, which listens on this worker's channel. Called again for the same one. */
  onOwner(owner: OwnerCard): void
  /** Whoever holds the lock answered a ping. */
  onPong(phase: OwnerPhase): void
}

export interface Lobby {
  /** Looks for the owner; `onOwner` is called now or whenever there is one, and again after every change of owner. */
  join(): void
  /** Asks whoever holds the lock for a sign of life. */
  ping(): void
  /** Answers pings for the holder of the lock from now on. */
  hold(phase: OwnerPhase): void
  /** Announces this worker as the owner; `serve` must be listening on the worker's channel when it returns. */
  own(storage: StorageKind, serve: (workerId: string) => void): void
  /** The lock is no longer ours: answers nobody any more. */
  leave(): void
}

/** Opens the channel on which workers find the owner of the database. */
export function openLobby(
  channelName: string,
  ownId: string,
  version: KymoVersion,
  events: LobbyEvents,
): Lobby {
  const channel = new BroadcastChannel(channelName)
  let phase: OwnerPhase | undefined
  let owned: { readonly storage: StorageKind; readonly serve: (workerId: string) => void } | undefined
  const post = (message: LobbyMessage): void => channel.postMessage(message)

  channel.addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = parseLobbyMessage(event.data)
    if (message === undefined) return
    switch (message.type) {
      case 'join':
        if (owned === undefined) return
        owned.serve(message.workerId)
        post({
          type: 'serving',
          ownerId: ownId,
          workerId: message.workerId,
          version,
          storage: owned.storage,
        })
        return
      case 'owns':
        if (phase === undefined) post({ type: 'join', workerId: ownId })
        return
      case 'serving':
        if (message.workerId === ownId && phase === undefined) events.onOwner(message)
        return
      case 'ping':
        if (phase !== undefined) post({ type: 'pong', workerId: message.workerId, phase })
        return
      case 'pong':
        if (message.workerId === ownId) events.onPong(message.phase)
    }
  })

  return {
    join: () => post({ type: 'join', workerId: ownId }),
    ping: () => post({ type: 'ping', workerId: ownId }),
    hold(next) {
      phase = next
    },
    own(storage, serve) {
      phase = 'serving'
      owned = { storage, serve }
      post({ type: 'owns', ownerId: ownId })
    },
    leave() {
      phase = undefined
      owned = undefined
    },
  }
}
