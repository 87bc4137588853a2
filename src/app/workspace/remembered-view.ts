import { onCleanup } from 'solid-js'
import type { ExperimentId } from '../../model/units.ts'
import { makeSettled } from '../tracker/coalesce.ts'
import { holdBusy } from '../tracker/idle.ts'

/** Where the arrangement of a workspace is kept. */
export interface ViewKeeper {
  /** What was left there. */
  readonly initial: string
  /** Keeps a view: at once, or when it moves, as a range that is dragged does, once it rests. */
  write(view: string, isMoving: boolean): void
  /** Whether a link says what was written here last, and nothing else is asked for. */
  isOwn(link: string): boolean
  /** Forgets what waits to be written: the address is another link now, which is followed. */
  leaveFor(link: string): void
}

/**
 * Every change of the address is told to the whole browser, which cannot take sixty a second; neither is a range that
 * is being dragged worth keeping.
 * Unit: milliseconds.
 */
const SETTLED_MS = 200

/** Keeps the arrangement of an experiment in the link, and for the next visit in the browser. */
export function rememberView(
  experimentId: ExperimentId,
  linked: string,
  onView: (view: string) => void,
): ViewKeeper {
  const key = `kymo-view:${experimentId}`
  const initial = linked === '' ? (readKept(key) ?? '') : linked
  /** What the address says, as far as it is known here. */
  let address = initial
  let waiting: { readonly view: string; release(): void } | null = null

  function take(): string | null {
    const view = waiting?.view ?? null
    waiting?.release()
    waiting = null
    return view
  }

  const settled = makeSettled(() => {
    const view = take()
    if (view === null) return
    keep(key, view)
    address = view
    onView(view)
  }, SETTLED_MS)

  addEventListener('pagehide', settled.flush)
  onCleanup(() => {
    removeEventListener('pagehide', settled.flush)
    settled.cancel()
    // The link is that of another screen by now.
    const view = take()
    if (view !== null) keep(key, view)
  })
  // A link that says nothing leads to what was left here.
  if (initial !== linked) queueMicrotask(() => onView(initial))
  return {
    initial,
    write(view, isMoving) {
      const release = waiting?.release ?? holdBusy()
      waiting = { view, release }
      settled.request()
      if (!isMoving) settled.flush()
    },
    isOwn: (link) => link === address,
    leaveFor(link) {
      settled.cancel()
      take()
      address = link
    },
  }
}

/** Some settings forbid storage; then views are in links alone. */
function readKept(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function keep(key: string, view: string): void {
  try {
    if (view === '') localStorage.removeItem(key)
    else localStorage.setItem(key, view)
  } catch {
    // Full or forbidden: the link has it.
  }
}
