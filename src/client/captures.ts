import { describeThrown } from './refusals.ts'
import type { SystemOptions, SystemTarget } from './system/system-options.ts'
import { warnOnce } from './warn.ts'

/** What a run captures besides what it is told, by code that is loaded when it is first asked for. */
export interface Captures {
  /** Returns how to stop. */
  captureSystem(options?: SystemOptions): () => void
  stop(): void
}

export function createCaptures(system: SystemTarget): Captures {
  let stopSystem: (() => void) | null = null

  return {
    captureSystem(options = {}) {
      stopSystem?.()
      let isWanted = true
      let end: (() => void) | null = null
      import('./system/capture-system.ts')
        .then(({ captureSystem }) => {
          if (isWanted) end = captureSystem(options, system)
        })
        .catch((thrown: unknown) => warnOnce(`the system is not captured: ${describeThrown(thrown)}`))
      stopSystem = () => {
        isWanted = false
        end?.()
        end = null
      }
      return stopSystem
    },
    stop: () => stopSystem?.(),
  }
}
