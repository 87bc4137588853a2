import type { UnixMs } from '../model/units.ts'

/**
 * Calls back after every while that the page was not to be seen, and for the last one when it is stopped in it.
 *
 * A worker has no page: there it is never called. Returns how to stop.
 */
export function watchHidden(onInterval: (from: UnixMs, until: UnixMs) => void): () => void {
  const page: unknown = Reflect.get(globalThis, 'document')
  if (!(page instanceof EventTarget)) return () => {}
  const isHidden = (): boolean => Reflect.get(page, 'visibilityState') === 'hidden'
  let since = isHidden() ? Date.now() : null

  function look(): void {
    if (isHidden()) since ??= Date.now()
    else end()
  }
  function end(): void {
    if (since !== null) onInterval(since, Date.now())
    since = null
  }
  page.addEventListener('visibilitychange', look)
  return () => {
    page.removeEventListener('visibilitychange', look)
    end()
  }
}
