import { createSignal, onCleanup, type Accessor } from 'solid-js'

const MIN_HEIGHT = 72
const INITIAL_HEIGHT = 168
const KEY_STEP = 24

export interface Resize {
  /** Unit: CSS pixels. */
  readonly height: Accessor<number>
  readonly min: number
  readonly max: Accessor<number>
  start(event: PointerEvent): void
  press(event: KeyboardEvent): void
}

/** The height of what lies above a handle that is dragged, or moved by arrow keys. `room`: how much there is in all. */
export function createResize(room: () => number): Resize {
  const [height, setHeight] = createSignal(INITIAL_HEIGHT)
  const max = (): number => Math.max(MIN_HEIGHT, room() - MIN_HEIGHT)
  const move = (to: number): void => void setHeight(Math.min(max(), Math.max(MIN_HEIGHT, to)))
  let drag: AbortController | undefined
  onCleanup(() => drag?.abort())

  return {
    height,
    min: MIN_HEIGHT,
    max,
    start(event) {
      event.preventDefault()
      const offset = height() - event.clientY
      drag = new AbortController()
      const { signal } = drag
      const stop = (): void => drag?.abort()
      addEventListener('pointermove', (moved) => move(moved.clientY + offset), { signal })
      addEventListener('pointerup', stop, { signal })
      addEventListener('pointercancel', stop, { signal })
    },
    press(event) {
      const step = new Map([
        ['ArrowUp', -KEY_STEP],
        ['ArrowDown', KEY_STEP],
      ]).get(event.key)
      if (step === undefined) return
      event.preventDefault()
      move(height() + step)
    },
  }
}
