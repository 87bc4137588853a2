import { createSignal, onCleanup } from 'solid-js'
import { holdBusy } from '../state/idle.ts'

/** Elements this far outside the viewport count as near, so that scrolling never shows an empty chart. */
const NEAR_MARGIN = '400px 0px'

export interface Nearness {
  has(key: string): boolean
  /** Watches an element until the component that calls this is gone. */
  observe(element: Element, key: string): void
}

/** Which observed elements lie near the viewport. They become near one a frame: each of them brings a chart to life. */
export function createNearness(): Nearness {
  const [near, setNear] = createSignal<ReadonlySet<string>>(new Set())
  const keys = new WeakMap<Element, string>()
  const arriving = new Set<string>()
  let release: (() => void) | null = null

  function arrive(): void {
    const [key] = arriving
    if (key === undefined) {
      release?.()
      release = null
      return
    }
    arriving.delete(key)
    setNear((before) => new Set(before).add(key))
    requestAnimationFrame(arrive)
  }

  function leave(key: string): void {
    arriving.delete(key)
    if (!near().has(key)) return
    setNear((before) => {
      const next = new Set(before)
      next.delete(key)
      return next
    })
  }

  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const key = keys.get(entry.target)
        if (key === undefined) continue
        if (!entry.isIntersecting) leave(key)
        else if (!near().has(key)) arriving.add(key)
      }
      if (arriving.size === 0 || release !== null) return
      release = holdBusy()
      requestAnimationFrame(arrive)
    },
    // The charts scroll inside an element of ours, so the margin that counts is the scroll margin where it is known.
    { rootMargin: NEAR_MARGIN, scrollMargin: NEAR_MARGIN } as IntersectionObserverInit,
  )
  onCleanup(() => {
    observer.disconnect()
    arriving.clear()
    release?.()
    release = null
  })

  return {
    has: (key) => near().has(key),
    observe(element, key) {
      keys.set(element, key)
      observer.observe(element)
      onCleanup(() => {
        observer.unobserve(element)
        leave(key)
      })
    },
  }
}
