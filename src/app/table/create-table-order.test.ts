import { createRoot, createSignal } from 'solid-js'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ok } from '../../model/result.ts'
import { fakeTracker } from '../tracker/tracker.fixture.ts'
import { createTableOrder } from './create-table-order.ts'

const LONG_MS = 60_000

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('document', { documentElement: { dataset: {} } })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('asks with a filter that is known to be right, and shows runs that are prepared', async () => {
  const tracker = fakeTracker({
    queryRuns: () => Promise.resolve(ok({ runIds: ['b', 'a'], total: 2, columns: [] })),
  })
  const [filter, setFilter] = createSignal<string>()
  const prepared: (readonly string[])[] = []
  const { order, dispose } = createRoot((dispose) => ({
    dispose,
    order: createTableOrder(
      tracker,
      { database: 'own', experimentId: 'e' },
      () => ({ filter: filter(), sort: [] }),
      async (runIds) => void prepared.push(runIds),
    ),
  }))
  await vi.advanceTimersByTimeAsync(LONG_MS)
  expect(tracker.asked).toEqual([])
  setFilter('lr < 1')
  await vi.advanceTimersByTimeAsync(0)
  expect(tracker.asked).toMatchObject([['queryRuns', { filter: 'lr < 1' }]])
  expect(prepared).toEqual([['b', 'a']])
  expect(order.runIds()).toEqual(['b', 'a'])
  tracker.emit({ type: 'storageChanged' })
  await vi.advanceTimersByTimeAsync(LONG_MS)
  expect(tracker.asked).toHaveLength(2)
  dispose()
  expect(tracker.listeners()).toBe(0)
})
