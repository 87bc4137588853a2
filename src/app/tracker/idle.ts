/** How many queries, redraws, jobs and flushes are under way. */
let pending = 0

function publish(): void {
  const { dataset } = document.documentElement
  const idle = String(pending === 0)
  if (dataset['idle'] !== idle) dataset['idle'] = idle
}

/** Marks the page busy until the returned function is called; calling it again does nothing. */
export function holdBusy(): () => void {
  let held = true
  pending += 1
  publish()
  return () => {
    if (!held) return
    held = false
    pending -= 1
    publish()
  }
}

/** Keeps the page busy while a promise is pending. */
export async function busyWhile<T>(work: Promise<T>): Promise<T> {
  const release = holdBusy()
  try {
    return await work
  } finally {
    release()
  }
}

/** Frames do not come in a hidden tab; then it is enough that the page had a turn. */
const HIDDEN_FRAME_MS = 50

/** Resolves after what was just set has been drawn: at the second animation frame from now. */
export function nextPaint(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) setTimeout(resolve, HIDDEN_FRAME_MS)
    else requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
  })
}
