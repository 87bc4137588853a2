import { createRoot } from 'solid-js'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { err } from '../../../model/result.ts'
import { trackerError } from '../../../protocol/tracker-error.ts'
import { fakeTracker } from '../../tracker/tracker.fixture.ts'
import { createEnvironments } from './create-environments.ts'

const LONG_MS = 60_000

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('reads environments again when another worker owns the database', async () => {
  const gone = err(trackerError('unknown-run', 'This run was removed.'))
  const tracker = fakeTracker({ readRun: () => Promise.resolve(gone) })
  const { dispose, environments } = createRoot((dispose) => ({
    dispose,
    environments: createEnvironments(tracker, 'own', () => ['a', 'b']),
  }))
  await vi.advanceTimersByTimeAsync(LONG_MS)
  expect(tracker.asked).toHaveLength(2)
  expect(environments.failure()).toBe('This run was removed.')
  tracker.emit({ type: 'storageChanged' })
  await vi.advanceTimersByTimeAsync(LONG_MS)
  expect(tracker.asked).toHaveLength(4)
  dispose()
  expect(tracker.listeners()).toBe(0)
})
