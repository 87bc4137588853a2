/**
 * What tracker workers of one origin tell each other.
 *
 * join: a worker looks for the owner. owns: somebody owns the database now. serving: the owner listens on the relay
 * channel of that worker.
 */
type LobbyMessage =
  | { readonly type: 'join'; readonly workerId: string }
  | { readonly type: 'owns'; readonly ownerId: string }
  | { readonly type: 'serving'; readonly ownerId: string; readonly workerId: string }

function parseLobbyMessage(message: unknown): LobbyMessage | undefined {
  if (typeof message !== 'object' || message === null) return undefined
  const { type, workerId, ownerId } = message as Record<string, unknown>
  if (type === 'join' && typeof workerId === 'string') return { type, workerId }
  if (type === 'owns' && typeof ownerId === 'string') return { type, ownerId }
  if (type === 'serving' && typeof ownerId === 'string' && typeof workerId === 'string') {
    return { type, ownerId, workerId }
  }
  return undefined
}

export interface Lobby {
  /** Looks for the owner; `onServed` is called now or whenever there is one, and again after every change of owner. */
  join(onServed: (ownerId: string) => void): void
  /** Announces this worker as the owner; `serve` must be listening on the worker's channel when it returns. */
  own(serve: (workerId: string) => void): void
  close(): void
}

/** Opens the channel on which workers find the owner of the database. */
export function openLobby(channelName: string, ownId: string): Lobby {
  const channel = new BroadcastChannel(channelName)
  let onServed: ((ownerId: string) => void) | undefined
  let serve: ((workerId: string) => void) | undefined
  const post = (message: LobbyMessage): void => channel.postMessage(message)

  channel.addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = parseLobbyMessage(event.data)
    if (message === undefined) return
    if (message.type === 'join' && serve !== undefined) {
      serve(message.workerId)
      post({ type: 'serving', ownerId: ownId, workerId: message.workerId })
    } else if (message.type === 'owns' && serve === undefined) {
      post({ type: 'join', workerId: ownId })
    } else if (message.type === 'serving' && message.workerId === ownId && serve === undefined) {
      onServed?.(message.ownerId)
    }
  })

  return {
    join(callback) {
      onServed = callback
      post({ type: 'join', workerId: ownId })
    },
    own(callback) {
      serve = callback
      post({ type: 'owns', ownerId: ownId })
    },
    close: () => channel.close(),
  }
}
