import { onCleanup, onMount } from 'solid-js'

/** Elements that are scrolled sideways as one. */
export interface ScrollTogether {
  /** As far as the others from the moment it is there, until its owner is gone. */
  add(element: HTMLElement): void
}

export function makeScrollTogether(): ScrollTogether {
  /** Where each was put: that it is there is no news to the others, which may be further by then. */
  const put = new Map<HTMLElement, number>()
  let left = 0

  function place(element: HTMLElement): void {
    element.scrollLeft = left
    // Not further than it goes, and in whole pixels of the screen.
    put.set(element, element.scrollLeft)
  }

  return {
    add(element) {
      const follow = (): void => {
        if (put.get(element) === element.scrollLeft) return
        left = element.scrollLeft
        put.set(element, left)
        for (const other of put.keys()) if (other !== element) place(other)
      }
      element.addEventListener('scroll', follow, { passive: true })
      onMount(() => place(element))
      onCleanup(() => {
        element.removeEventListener('scroll', follow)
        put.delete(element)
      })
    },
  }
}
