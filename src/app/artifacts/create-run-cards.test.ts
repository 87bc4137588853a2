import { createRoot } from 'solid-js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { err } from '../../model/result.ts'
import { trackerError, type TrackerErrorCode } from '../../protocol/tracker-error.ts'
import { fakeTracker } from '../tracker/tracker.fixture.ts'
import { createRunCards } from './create-run-cards.ts'

const LONG_MS = 60_000

function openCards(code: TrackerErrorCode) {
  const tracker = fakeTracker({ readRun: () => Promise.resolve(err(trackerError(code, 'No.'))) })
  return createRoot((dispose) => ({ tracker, dispose, cards: createRunCards(tracker, 'own') }))
}

describe('what is told of a run', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is read when it is first asked for, and again when another worker owns the database', async () => {
    const { tracker, cards, dispose } = openCards('unknown-run')
    expect(tracker.asked).toEqual([])
    expect(cards.card('a')).toBeUndefined()
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(cards.card('a')).toBeNull()
    expect(tracker.asked).toEqual([['readRun', { database: 'own', runId: 'a' }]])
    tracker.emit({ type: 'storageChanged' })
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(tracker.asked).toHaveLength(2)
    dispose()
    expect(tracker.listeners()).toBe(0)
  })

  it('is not that it was removed when it could not be asked', async () => {
    const { cards, dispose } = openCards('interrupted')
    cards.card('a')
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(cards.card('a')).toBeUndefined()
    dispose()
  })
})
