import { createSignal, onCleanup, untrack, type Signal } from 'solid-js'
import { holdBusy } from '../tracker/idle.ts'

/** Elements this far outside the viewport count as near, so that scrolling never shows an empty chart. */
const NEAR_MARGIN = '400px 0px'

export interface Nearness {
  has(key: string): boolean
  /** Watches an element until the component that calls this is gone. */
  observe(element: Element, key: string): void
}

/** Which observed elements lie near the viewport. They become near one a frame: each of them brings a chart to life. */
export function createNearness(): Nearness {
  // A signal for each: what comes near is no news for the others.
  const nearby = new Map<string, Signal<boolean>>()
  const keys = new WeakMap<Element, string>()
  const arriving = new Set<string>()
  let release: (() => void) | null = null

  function signalOf(key: string): Signal<boolean> {
    const known = nearby.get(key) ?? createSignal(false)
    nearby.set(key, known)
    return known
  }

  function arrive(): void {
    const [key] = arriving
    if (key === undefined) {
      release?.()
      release = null
      return
    }
    arriving.delete(key)
    signalOf(key)[1](true)
    requestAnimationFrame(arrive)
  }

  function leave(key: string): void {
    arriving.delete(key)
    signalOf(key)[1](false)
  }

  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const key = keys.get(entry.target)
        if (key === undefined) continue
        if (!entry.isIntersecting) leave(key)
        else if (!untrack(signalOf(key)[0])) arriving.add(key)
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
    has: (key) => signalOf(key)[0](),
    observe(element, key) {
      keys.set(element, key)
      observer.observe(element)
      onCleanup(() => {
        observer.unobserve(element)
        leave(key)
        nearby.delete(key)
      })
    },
  }
}
