import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import { holdBusy } from '../tracker/idle.ts'
import { makeFrame } from '../../widgets/frame.ts'

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
  let release: (() => void) | null = null

  const frame = makeFrame(() => {
    if (count() < total()) setCount(count() + STEP)
    grow()
  })

  function grow(): void {
    if (count() < total()) {
      release ??= holdBusy()
      frame.request()
      return
    }
    release?.()
    release = null
  }

  createEffect(
    on(total, (now) => {
      if (now < count()) setCount(Math.max(FIRST, now))
      grow()
    }),
  )
  onCleanup(() => {
    frame.cancel()
    release?.()
  })
  return count
}
