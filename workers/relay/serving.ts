import { expose } from 'comlink'
import type { TrackerApi } from '../../src/protocol/tracker-api.ts'
import { workerLock } from '../../src/protocol/version.ts'
import { openRelayChannel, type RelayChannel } from './channel.ts'
import { onLockFree } from '../../src/model/web-lock.ts'

export interface Serving extends Disposable {
  /** Listens to a worker, on a channel of its own, until that worker is gone. */
  readonly serve: (workerId: string) => void
}

/** Serves other workers until disposed; from then on none of them is answered. */
export function makeServing(service: TrackerApi): Serving {
  const channels = new Map<string, RelayChannel>()
  return {
    serve(workerId) {
      if (channels.has(workerId)) return
      const channel = openRelayChannel(workerId)
      channels.set(workerId, channel)
      expose(service, channel.endpoint)
      onLockFree(workerLock(workerId), () => {
        channels.delete(workerId)
        channel[Symbol.dispose]()
      })
    },
    [Symbol.dispose]() {
      for (const channel of channels.values()) channel[Symbol.dispose]()
    },
  }
}
