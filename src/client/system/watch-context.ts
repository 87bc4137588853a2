import type { UnixMs } from '../../model/units.ts'
import type { TfSystem } from './system-options.ts'

/**
 * Tells when the graphics context of the current backend was lost, and again when it came back.
 *
 * `look`: a backend may be chosen late, or another one later.
 */
export function watchContext(
  tf: TfSystem | undefined,
  onLost: (from: UnixMs, until: UnixMs | null) => void,
): { look(): void; stop(): void } {
  let watched: unknown
  let isStopped = false
  let unwatch: (() => void) | null = null

  function watchCanvas(canvas: EventTarget): void {
    let since: UnixMs | null = null
    const lost = (): void => {
      since = Date.now()
      onLost(since, null)
    }
    const restored = (): void => {
      if (since !== null) onLost(since, Date.now())
      since = null
    }
    canvas.addEventListener('webglcontextlost', lost)
    canvas.addEventListener('webglcontextrestored', restored)
    unwatch = () => {
      canvas.removeEventListener('webglcontextlost', lost)
      canvas.removeEventListener('webglcontextrestored', restored)
    }
  }

  async function watchDevice(device: object, lost: PromiseLike<unknown>): Promise<void> {
    const why = await lost
    // One that the program itself gave back was not lost.
    if (isStopped || watched !== device || property(why, 'reason') === 'destroyed') return
    onLost(Date.now(), null)
  }

  function look(): void {
    const backend = attempt(() => tf?.backend())
    const canvas = property(property(property(backend, 'gpgpu'), 'gl'), 'canvas')
    const device = property(backend, 'device')
    const found = canvas ?? device
    if (found === watched) return
    unwatch?.()
    unwatch = null
    watched = found
    if (canvas instanceof EventTarget) watchCanvas(canvas)
    const lost = property(device, 'lost')
    if (canvas === undefined && typeof device === 'object' && device !== null && lost instanceof Promise)
      void watchDevice(device, lost)
  }

  return {
    look,
    stop() {
      isStopped = true
      unwatch?.()
    },
  }
}

function property(of: unknown, key: string): unknown {
  return typeof of === 'object' && of !== null ? attempt(() => Reflect.get(of, key)) : undefined
}

/** A backend that is not ready throws. */
function attempt(read: () => unknown): unknown {
  try {
    return read()
  } catch {
    return undefined
  }
}
