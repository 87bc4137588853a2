import { createSignal, type Accessor } from 'solid-js'
import { isJsonObject, parseJson } from '../../model/json.ts'
import type { ExperimentId, RunId, UnixMs } from '../../model/units.ts'

/** An alert that was raised since somebody last looked at the alerts of an experiment. */
export interface UnreadAlert {
  readonly runId: RunId
  readonly runName: string
  readonly text: string
}

export interface UnreadAlerts {
  /** The newest first. */
  readonly unread: Accessor<readonly UnreadAlert[]>
  /** Adds one unless it is there. */
  add(alert: UnreadAlert): void
  clear(): void
  /** When they were cleared last; 0 for never. */
  readonly clearedAt: UnixMs
}

/** More are not told one by one. */
const MAX_UNREAD = 50

/** Kept in the browser until they are looked at: a reload is no look. */
export function createUnreadAlerts(experimentId: ExperimentId): UnreadAlerts {
  const key = `kymo-alerts:${experimentId}`
  const clearedKey = `kymo-alerts-read:${experimentId}`
  const [unread, setUnread] = createSignal<readonly UnreadAlert[]>(readKept(key))
  function set(alerts: readonly UnreadAlert[]): void {
    setUnread(alerts)
    keep(key, alerts)
  }
  return {
    unread,
    add({ runId, runName, text }) {
      if (unread().some((each) => each.runId === runId && each.text === text)) return
      set([{ runId, runName, text }, ...unread()].slice(0, MAX_UNREAD))
    },
    clear() {
      set([])
      write(clearedKey, String(Date.now()))
    },
    clearedAt: Number(read(clearedKey) ?? 0) || 0,
  }
}

function readKept(key: string): readonly UnreadAlert[] {
  const kept = parseJson(read(key) ?? '[]')
  if (!Array.isArray(kept)) return []
  return kept.slice(0, MAX_UNREAD).flatMap((each) => {
    if (!isJsonObject(each)) return []
    const { runId, runName, text } = each
    const isAlert = typeof runId === 'string' && typeof runName === 'string' && typeof text === 'string'
    return isAlert ? [{ runId, runName, text }] : []
  })
}

function keep(key: string, alerts: readonly UnreadAlert[]): void {
  write(key, alerts.length === 0 ? null : JSON.stringify(alerts))
}

/** Some settings forbid storage; then they are known until the page is left. */
function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // Full or forbidden.
  }
}
