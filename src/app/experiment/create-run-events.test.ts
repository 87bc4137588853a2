import { createRoot } from 'solid-js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { err, ok, type Result } from '../../model/result.ts'
import type { EventColumns } from '../../protocol/run-events.ts'
import { trackerError, type TrackerError } from '../../protocol/tracker-error.ts'
import { fakeTracker } from '../tracker/tracker.fixture.ts'
import { createRunEvents } from './create-run-events.ts'

const LONG_MS = 60_000
const NONE = new Float64Array()
const EVENTS: EventColumns = {
  runId: [],
  kind: [],
  text: [],
  time: NONE,
  until: NONE,
  step: NONE,
  untilStep: NONE,
}

function openEvents(answers: readonly Result<EventColumns, TrackerError>[]) {
  const left = [...answers]
  const tracker = fakeTracker({ readEvents: () => Promise.resolve(left.shift() ?? ok(EVENTS)) })
  return createRoot((dispose) => ({
    tracker,
    dispose,
    events: createRunEvents(tracker, 'own', () => ['a']),
  }))
}

describe('the events of runs', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('are read again when another worker owns the database', async () => {
    const { tracker, dispose } = openEvents([])
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(tracker.asked).toHaveLength(1)
    tracker.emit({ type: 'storageChanged' })
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(tracker.asked).toHaveLength(2)
    dispose()
    expect(tracker.listeners()).toBe(0)
  })

  it('are asked for again after a read that failed', async () => {
    const { tracker, events, dispose } = openEvents([err(trackerError('interrupted', 'Gone.'))])
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(tracker.asked).toHaveLength(2)
    expect(events()).toBe(EVENTS)
    dispose()
  })
})
