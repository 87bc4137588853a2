import { createSignal, onCleanup, type Accessor } from 'solid-js'

const KEY_STEP = 24

export interface Resize {
  readonly along: 'x' | 'y'
  /** Unit: CSS pixels. */
  readonly size: Accessor<number>
  readonly min: number
  readonly max: Accessor<number>
  start(event: PointerEvent): void
  press(event: KeyboardEvent): void
  /** As at first. */
  reset(): void
}

interface ResizeOptions {
  /** Which way the handle moves. */
  readonly along: 'x' | 'y'
  /** Unit: CSS pixels, as of all sizes. */
  readonly initial: number
  readonly min: number
  /** As large as it may become. */
  max(): number
  /** The name it is remembered by for the next visit; not at all when left out. */
  readonly remembered?: string
}

/** The size of what lies before a handle that is dragged, or moved by arrow keys. */
export function createResize({ along, initial, min, max, remembered }: ResizeOptions): Resize {
  const [size, setSize] = createSignal(readSize(remembered) ?? initial)
  const most = (): number => Math.max(min, max())
  const within = (to: number): number => Math.min(most(), Math.max(min, to))
  const placeOf = (event: PointerEvent): number => (along === 'x' ? event.clientX : event.clientY)
  const [less, more] = along === 'x' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown']
  let drag: AbortController | undefined
  onCleanup(() => drag?.abort())

  const move = (to: number): void => void setSize(within(to))
  const keep = (): void => keepSize(remembered, size())

  return {
    along,
    size: () => within(size()),
    min,
    max: most,
    reset() {
      move(initial)
      keep()
    },
    start(event) {
      event.preventDefault()
      const offset = within(size()) - placeOf(event)
      drag = new AbortController()
      const { signal } = drag
      const stop = (): void => {
        drag?.abort()
        keep()
      }
      addEventListener('pointermove', (moved) => move(placeOf(moved) + offset), { signal })
      addEventListener('pointerup', stop, { signal })
      addEventListener('pointercancel', stop, { signal })
    },
    press(event) {
      const step = event.key === less ? -KEY_STEP : event.key === more ? KEY_STEP : null
      if (step === null) return
      event.preventDefault()
      move(within(size()) + step)
      keep()
    },
  }
}

/** Some settings forbid storage; then every visit begins as the first. */
function readSize(name: string | undefined): number | null {
  if (name === undefined) return null
  try {
    const kept = Number(localStorage.getItem(name) ?? Number.NaN)
    return Number.isFinite(kept) ? kept : null
  } catch {
    return null
  }
}

function keepSize(name: string | undefined, size: number): void {
  if (name === undefined) return
  try {
    localStorage.setItem(name, String(Math.round(size)))
  } catch {
    // Full or forbidden: it holds until the page is left.
  }
}
