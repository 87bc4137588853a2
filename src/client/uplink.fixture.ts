import { afterEach, beforeEach, vi } from 'vitest'
import type { TrackerEvent } from '../protocol/tracker-event.ts'
import { createRun } from './create-run.ts'
import { createUplink, type Uplink } from './create-uplink.ts'
import type { Run } from './run.ts'
import { createFakeStore, type FakeStore } from './store.fixture.ts'

/** A run over an uplink to a store that is none. */
export function setUp(): {
  store: FakeStore
  uplink: Uplink
  run: Run
  announce: (event: TrackerEvent) => void
} {
  const store = createFakeStore()
  const listeners = new Set<(event: TrackerEvent) => void>()
  const uplink = createUplink({
    ingest: store.ingest,
    lock: 'a lock',
    onTrackerEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  })
  const run = createRun({ experiment: 'test', name: 'a run' }, uplink)
  return {
    store,
    uplink,
    run,
    announce: (event) => {
      for (const listener of listeners) listener(event)
    },
  }
}

/** Lets everything that waits for the event loop, but not for time, happen. */
export const settle = () => vi.advanceTimersByTimeAsync(0)

/** In each test of a file time passes only when it is told to, and nothing is said. */
export function pretendTime(): void {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.spyOn(console, 'warn').mockImplementation(() => {})
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })
}
