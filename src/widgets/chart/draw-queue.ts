/** A picture that has to be drawn again. */
export interface Drawing {
  request(): void
  cancel(): void
}

interface Waiting {
  draw(): void
  isUrgent(): boolean
}

/** A frame draws until this much time is gone, and at least one picture. Unit: milliseconds. */
const FRAME_BUDGET_MS = 4

const waiting = new Set<Waiting>()
let frame: number | null = null

/**
 * Draws at an animation frame after it was requested, once however often that was.
 *
 * Many pictures that change at once are drawn over several frames, the urgent one first and then in turns, so that fifty
 * growing runs in ten charts never hold the page for longer than one of them takes.
 */
export function makeDrawing(draw: () => void, isUrgent: () => boolean): Drawing {
  const self: Waiting = { draw, isUrgent }
  return {
    request() {
      waiting.add(self)
      frame ??= requestAnimationFrame(drawSome)
    },
    cancel: () => waiting.delete(self),
  }
}

function drawSome(): void {
  frame = null
  const start = performance.now()
  do {
    const next = nextDrawing()
    if (next === undefined) return
    waiting.delete(next)
    next.draw()
  } while (performance.now() - start < FRAME_BUDGET_MS)
  if (waiting.size > 0) frame = requestAnimationFrame(drawSome)
}

function nextDrawing(): Waiting | undefined {
  for (const each of waiting) if (each.isUrgent()) return each
  const [first] = waiting
  return first
}
