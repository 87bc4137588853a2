import type { Endpoint } from 'comlink'
import { relayChannel } from '../../src/protocol/version.ts'

export interface RelayChannel extends Disposable {
  readonly endpoint: Endpoint
}

/**
 * Opens one end of the channel between a worker and the owner.
 *
 * What is said after it was disposed is dropped: an answer may be ready only after its worker is gone, and a
 * BroadcastChannel that is closed throws.
 */
export function openRelayChannel(workerId: string): RelayChannel {
  const channel = new BroadcastChannel(relayChannel(workerId))
  let isOpen = true
  return {
    endpoint: {
      postMessage(message: unknown) {
        if (isOpen) channel.postMessage(message)
      },
      addEventListener: (type, listener) => channel.addEventListener(type, listener),
      removeEventListener: (type, listener) => channel.removeEventListener(type, listener),
    },
    [Symbol.dispose]() {
      isOpen = false
      channel.close()
    },
  }
}
