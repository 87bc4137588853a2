import { createRoot } from 'solid-js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { err, ok } from '../../model/result.ts'
import { trackerError } from '../../protocol/tracker-error.ts'
import type { SeriesWindow, WindowRequest } from '../../protocol/windows.ts'
import { fakeTracker } from '../tracker/tracker.fixture.ts'
import { createCurves } from './create-curves.ts'

const LONG_MS = 60_000
const EXTENT = { from: 0, to: 1 }
const NONE = new Float64Array()
const COUNTS = new Uint32Array()

function windowOf(runId: string, key: string): SeriesWindow {
  const nonFinite = { x: NONE, nan: COUNTS, posInf: COUNTS, negInf: COUNTS }
  const columns = { x: NONE, first: NONE, last: NONE, mean: NONE, min: NONE, max: NONE, count: COUNTS }
  return { runId, key, raw: true, points: 0, unplaced: 0, ...columns, nonFinite, smoothed: null }
}

/** Curves of what is in view: the run a. */
function openCurves() {
  const store = { isGone: false }
  const tracker = fakeTracker({
    readWindows: ({ series }: WindowRequest) =>
      Promise.resolve(
        store.isGone
          ? err(trackerError('interrupted', 'Gone.'))
          : ok({ from: 0, to: 1, windows: series.map(({ runId, key }) => windowOf(runId, key)) }),
      ),
  })
  return createRoot((dispose) => {
    const curves = createCurves(tracker, 'own', {
      keys: () => ['loss'],
      runIds: () => ['a'],
      extent: () => EXTENT,
    })
    return { store, tracker, curves, dispose }
  })
}

describe('the curves of a table', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('are read again when another worker owns the database', async () => {
    const { tracker, dispose } = openCurves()
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(tracker.asked).toHaveLength(1)
    tracker.emit({ type: 'storageChanged' })
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(tracker.asked).toHaveLength(2)
    dispose()
    expect(tracker.listeners()).toBe(0)
  })

  it('stay while a read fails, and are asked for again', async () => {
    const { store, tracker, curves, dispose } = openCurves()
    await vi.advanceTimersByTimeAsync(LONG_MS)
    const before = curves.curve('a', 'loss')
    expect(before).toBeDefined()
    store.isGone = true
    tracker.emit({ type: 'seriesGrew', database: 'own', runIds: ['a', 'b'] })
    await vi.advanceTimersByTimeAsync(0)
    expect(curves.curve('a', 'loss')).toBe(before)
    store.isGone = false
    await vi.advanceTimersByTimeAsync(LONG_MS)
    expect(curves.curve('a', 'loss')).not.toBe(before)
    expect(curves.curve('b', 'loss')).toBeUndefined()
    dispose()
  })
})
