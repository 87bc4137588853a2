/** What fingers do on a plot. Unit: CSS pixels from its left and top edge. */
export interface TouchListener {
  onTouch(left: number, top: number): void
  /** Two fingers moved: what lay under `from` and `to` lies under `nowFrom` and `nowTo` now. */
  onPinch(from: number, to: number, nowFrom: number, nowTo: number): void
  /** A finger touched something else. */
  onLeave(): void
}

/** Fingers closer than this turn a pinch into noise. */
const MIN_SPREAD = 24

/** Listens to fingers: one moves the cursor, two zoom. The page still scrolls up and down (`touch-action: pan-y`). */
export function makeTouch(target: HTMLElement, listener: TouchListener): () => void {
  const fingers = new Map<number, { readonly left: number; readonly top: number }>()
  const abort = new AbortController()
  const options = { signal: abort.signal }

  function place(event: PointerEvent): { readonly left: number; readonly top: number } {
    const box = target.getBoundingClientRect()
    return { left: event.clientX - box.left, top: event.clientY - box.top }
  }

  function down(event: PointerEvent): void {
    if (event.pointerType !== 'touch') return
    fingers.set(event.pointerId, place(event))
    if (fingers.size === 1) {
      const { left, top } = place(event)
      listener.onTouch(left, top)
    }
  }

  function move(event: PointerEvent): void {
    if (event.pointerType !== 'touch' || !fingers.has(event.pointerId)) return
    const before = [...fingers.values()].map((finger) => finger.left).toSorted((a, b) => a - b)
    fingers.set(event.pointerId, place(event))
    if (fingers.size === 1) {
      const { left, top } = place(event)
      listener.onTouch(left, top)
      return
    }
    const now = [...fingers.values()].map((finger) => finger.left).toSorted((a, b) => a - b)
    const [from = 0, to = 0] = before
    const [nowFrom = 0, nowTo = 0] = now
    if (to - from > MIN_SPREAD && nowTo - nowFrom > MIN_SPREAD) listener.onPinch(from, to, nowFrom, nowTo)
  }

  /** The cursor stays where the finger left it, so that its values can be read. */
  function up(event: PointerEvent): void {
    fingers.delete(event.pointerId)
  }

  function downElsewhere(event: PointerEvent): void {
    if (event.pointerType === 'touch' && event.target !== target) listener.onLeave()
  }

  target.addEventListener('pointerdown', down, options)
  target.addEventListener('pointermove', move, options)
  target.addEventListener('pointerup', up, options)
  target.addEventListener('pointercancel', up, options)
  document.addEventListener('pointerdown', downElsewhere, options)
  return () => abort.abort()
}
