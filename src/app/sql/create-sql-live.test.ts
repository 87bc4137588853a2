import { createRoot } from 'solid-js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeTracker } from '../tracker/tracker.fixture.ts'
import { createSqlLive } from './create-sql-live.ts'

const LONG_MS = 60_000

function openLive() {
  const page = Object.assign(new EventTarget(), { hidden: false })
  vi.stubGlobal('document', page)
  const tracker = fakeTracker()
  const refresh = vi.fn<() => Promise<boolean>>(() => Promise.resolve(true))
  const { dispose, live } = createRoot((dispose) => ({
    dispose,
    live: createSqlLive(tracker, 'own', { work: () => null, refresh }),
  }))
  return { page, tracker, refresh, dispose, live }
}

describe('a live query', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('runs again when another worker owns the database, and not while it is not live', async () => {
    const { tracker, refresh, dispose, live } = openLive()
    tracker.emit({ type: 'storageChanged' })
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(refresh).toHaveBeenCalledTimes(0)
    live.setLive(true)
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(refresh).toHaveBeenCalledTimes(1)
    tracker.emit({ type: 'storageChanged' })
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(refresh).toHaveBeenCalledTimes(2)
    dispose()
    expect(tracker.listeners()).toBe(0)
  })

  it('waits while the page is hidden, and catches up', async () => {
    const { page, tracker, refresh, dispose, live } = openLive()
    live.setLive(true)
    await vi.advanceTimersByTimeAsync(LONG_MS)
    page.hidden = true
    tracker.emit({ type: 'seriesGrew', database: 'own', runIds: ['a'] })
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(refresh).toHaveBeenCalledTimes(1)
    page.hidden = false
    page.dispatchEvent(new Event('visibilitychange'))
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(refresh).toHaveBeenCalledTimes(2)
    dispose()
  })
})
