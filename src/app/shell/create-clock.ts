import { createEffect, createSignal, onCleanup, type Accessor } from 'solid-js'

const TICK_MS = 1_000

/** The current time while something counts on it; stands still otherwise. Unit: UnixMs, a second apart. */
export function createClock(ticking: Accessor<boolean>): Accessor<number> {
  const [now, setNow] = createSignal(Date.now())
  createEffect(() => {
    if (!ticking()) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), TICK_MS)
    onCleanup(() => clearInterval(timer))
  })
  return now
}
