import { createSignal, onCleanup, onMount, type Accessor } from 'solid-js'

export interface ElementSize {
  /** Unit: CSS pixels; 0 until it was measured. */
  readonly width: number
  readonly height: number
}

/** How large the inside of an element is, as it changes. */
export function createElementSize(element: () => Element | undefined): Accessor<ElementSize> {
  const [size, setSize] = createSignal<ElementSize>(
    { width: 0, height: 0 },
    { equals: (a, b) => a.width === b.width && a.height === b.height },
  )
  onMount(() => {
    const measured = element()
    if (measured === undefined) return
    const observer = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {}
      setSize({ width: Math.floor(width), height: Math.floor(height) })
    })
    observer.observe(measured)
    onCleanup(() => observer.disconnect())
  })
  return size
}
