import type { Reading } from './system-options.ts'

/** Frames are counted for a moment only: asking for all of them would make an idle page draw. */
const MEASURED_FRAMES = 4

/** Frames a second of a page that is seen, measured right after every sample and told with the next. */
export function makeFrameRate(): { take(): Reading; stop(): void } {
  let rate: number | undefined
  let frame: number | null = null
  let first = 0
  let count = 0

  function step(time: number): void {
    if (count === 0) first = time
    count += 1
    if (count <= MEASURED_FRAMES) {
      frame = requestAnimationFrame(step)
      return
    }
    frame = null
    rate = ((count - 1) * 1_000) / (time - first)
  }

  return {
    take() {
      const reading = { fps: rate }
      rate = undefined
      // One that is still being measured belongs to a page that hardly draws.
      if (frame === null && typeof requestAnimationFrame === 'function') {
        count = 0
        frame = requestAnimationFrame(step)
      }
      return reading
    },
    stop() {
      if (frame !== null) cancelAnimationFrame(frame)
    },
  }
}
