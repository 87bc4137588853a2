import { createEffect, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js'
import { holdBusy } from '../state/idle.ts'

/** As many as fill any screen exist at once. */
const FIRST = 60
/** As many more with every frame: an element with its observer costs about 0.1 ms. */
const STEP = 200

/**
 * How many of a long list exist by now: at first what fills a screen, then more with every frame, so that thousands of
 * them never hold the page.
 */
export function createGradual(total: Accessor<number>): Accessor<number> {
  const [count, setCount] = createSignal(FIRST)
  let frame: number | null = null
  let release: (() => void) | null = null

  function grow(): void {
    frame = null
    if (count() < total()) {
      release ??= holdBusy()
      frame = requestAnimationFrame(() => {
        setCount(count() + STEP)
        untrack(grow)
      })
      return
    }
    release?.()
    release = null
  }

  createEffect(
    on(total, (now) => {
      if (now < count()) setCount(Math.max(FIRST, now))
      if (frame === null) grow()
    }),
  )
  onCleanup(() => {
    if (frame !== null) cancelAnimationFrame(frame)
    release?.()
  })
  return count
}
