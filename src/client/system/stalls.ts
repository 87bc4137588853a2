import { letExit } from '../../model/event-loop.ts'
import type { UnixMs } from '../../model/units.ts'
import type { Reading } from './system-options.ts'

/** How often the clock is looked at. Unit: milliseconds. */
const PROBE_MS = 100

/** A thread that is busy for longer with one task makes the page feel stuck. Unit: milliseconds. */
const STALL_MS = 200

/** Stalls with less than this between them are one, up to a minute. Unit: milliseconds. */
const JOIN_MS = 1_000
const MAX_JOINED_MS = 60_000

/** A run that stalls more often than this is simply slow. */
const MAX_STALLS = 500

/** Source: the Long Tasks API, which tells of tasks from 50 ms on. */
const LONG_TASK = 'longtask'

interface Stalls {
  take(): Reading
  stop(): void
}

/**
 * Tells how late a timer was, and when the thread was busy for long.
 *
 * Long tasks are what the browser measured where it does, else how late the timer was. While the page is hidden timers are
 * late for other reasons.
 */
export function watchStalls(onStall: (from: UnixMs, until: UnixMs) => void): Stalls {
  let due = performance.now() + PROBE_MS
  let wasHidden = isHidden()
  let latest = 0
  let longTasks = 0
  let pending: { readonly from: UnixMs; readonly until: UnixMs } | null = null
  let told = 0
  const observer = observeLongTasks((from, duration) => {
    longTasks += 1
    if (duration >= STALL_MS) add(from, from + duration)
  })

  function probe(): void {
    const now = performance.now()
    const late = now - due
    const hidden = isHidden()
    if (!hidden && !wasHidden) {
      latest = Math.max(latest, late)
      if (observer === null && late >= STALL_MS) add(Date.now() - late, Date.now())
    }
    wasHidden = hidden
    due = now + PROBE_MS
    if (pending !== null && Date.now() - pending.until > JOIN_MS) tell()
    timer = probeLater()
  }

  function probeLater(): ReturnType<typeof setTimeout> {
    const next = setTimeout(probe, PROBE_MS)
    letExit(next)
    return next
  }
  let timer = probeLater()

  function add(from: UnixMs, until: UnixMs): void {
    if (pending !== null && from - pending.until <= JOIN_MS && until - pending.from <= MAX_JOINED_MS)
      pending = { from: pending.from, until }
    else {
      tell()
      pending = { from, until }
    }
  }

  function tell(): void {
    if (pending !== null && told < MAX_STALLS) {
      told += 1
      onStall(pending.from, pending.until)
    }
    pending = null
  }

  return {
    take() {
      const reading = {
        lag_ms: wasHidden ? undefined : latest,
        long_tasks: observer === null ? undefined : longTasks,
      }
      latest = 0
      longTasks = 0
      return reading
    },
    stop() {
      clearTimeout(timer)
      observer?.disconnect()
      tell()
    },
  }
}

/** null where the browser does not measure them. */
function observeLongTasks(onTask: (from: UnixMs, duration: number) => void): PerformanceObserver | null {
  if (typeof PerformanceObserver === 'undefined') return null
  if (!(PerformanceObserver.supportedEntryTypes ?? []).includes(LONG_TASK)) return null
  const observer = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      onTask(performance.timeOrigin + startTime, duration)
  })
  observer.observe({ entryTypes: [LONG_TASK] })
  return observer
}

function isHidden(): boolean {
  const page: unknown = Reflect.get(globalThis, 'document')
  return typeof page === 'object' && page !== null && Reflect.get(page, 'visibilityState') === 'hidden'
}
