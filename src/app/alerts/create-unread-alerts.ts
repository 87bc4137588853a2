import { createSignal, type Accessor } from 'solid-js'
import { isJsonObject, parseJson } from '../../model/json.ts'
import type { ExperimentId, RunId } from '../../model/units.ts'

/** An alert that was raised since somebody last looked at the alerts of an experiment. */
export interface UnreadAlert {
  readonly runId: RunId
  readonly runName: string
  readonly text: string
}

export interface UnreadAlerts {
  /** The newest first. */
  readonly unread: Accessor<readonly UnreadAlert[]>
  add(alert: UnreadAlert): void
  clear(): void
}

/** More are not told one by one. */
const MAX_UNREAD = 50

/** Kept in the browser until they are looked at: a reload is no look. */
export function createUnreadAlerts(experimentId: ExperimentId): UnreadAlerts {
  const key = `kymo-alerts:${experimentId}`
  const [unread, setUnread] = createSignal<readonly UnreadAlert[]>(readKept(key))
  function set(alerts: readonly UnreadAlert[]): void {
    setUnread(alerts)
    keep(key, alerts)
  }
  return {
    unread,
    add: ({ runId, runName, text }) => set([{ runId, runName, text }, ...unread()].slice(0, MAX_UNREAD)),
    clear: () => set([]),
  }
}

/** Some settings forbid storage; then they are known until the page is left. */
function readKept(key: string): readonly UnreadAlert[] {
  try {
    const kept = parseJson(localStorage.getItem(key) ?? '[]')
    if (!Array.isArray(kept)) return []
    return kept.slice(0, MAX_UNREAD).flatMap((each) => {
      if (!isJsonObject(each)) return []
      const { runId, runName, text } = each
      const isAlert = typeof runId === 'string' && typeof runName === 'string' && typeof text === 'string'
      return isAlert ? [{ runId, runName, text }] : []
    })
  } catch {
    return []
  }
}

function keep(key: string, alerts: readonly UnreadAlert[]): void {
  try {
    if (alerts.length === 0) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(alerts))
  } catch {
    // Full or forbidden.
  }
}
