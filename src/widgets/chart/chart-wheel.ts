/** What a wheel does on a plot. */
export interface WheelListener {
  /** `left`: CSS pixels from the plot's left edge; `factor`: how many times as wide the range becomes. */
  onZoom(left: number, factor: number): void
  /** Unit: widths of the range. */
  onPan(part: number): void
}

/** A notch of a mouse wheel, about 100 pixels, makes the range a fifth wider or narrower. */
const ZOOM_PER_PIXEL = 0.002
/** Unit: pixels of a wheel that counts in lines or pages. Source: DOM WheelEvent.deltaMode. */
const LINE_PIXELS = 16
const PAGE_PIXELS = 400

/**
 * Listens to a wheel: with Ctrl or Cmd, and pinched on a track pad, it zooms at the pointer; sideways, or with Shift, it
 * pans. Alone it scrolls the page, as anywhere.
 */
export function makeWheel(
  target: HTMLElement,
  /** Where the target lies; measured elsewhere, for measuring at every turn would lay out the page at every turn. */
  place: () => DOMRect,
  listener: WheelListener,
): () => void {
  function turn(event: WheelEvent): void {
    const scale = [1, LINE_PIXELS, PAGE_PIXELS][event.deltaMode] ?? 1
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault()
      listener.onZoom(event.clientX - place().left, Math.exp(event.deltaY * scale * ZOOM_PER_PIXEL))
      return
    }
    if (!event.shiftKey && Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return
    event.preventDefault()
    // Some systems turn the wheel sideways themselves while Shift is held.
    const sideways = event.deltaX === 0 ? event.deltaY : event.deltaX
    listener.onPan((sideways * scale) / Math.max(1, place().width))
  }
  target.addEventListener('wheel', turn, { passive: false })
  return () => target.removeEventListener('wheel', turn)
}
