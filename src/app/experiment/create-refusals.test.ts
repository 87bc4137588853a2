import { createRoot, createSignal } from 'solid-js'
import { expect, it, vi } from 'vitest'
import type { Refusal } from '../../model/log-batch.ts'
import { ok } from '../../model/result.ts'
import type { RunRow } from './create-runs.ts'
import { fakeTracker } from '../tracker/tracker.fixture.ts'
import { createRefusals } from './create-refusals.ts'

function row(id: string, refusedCount: number): RunRow {
  return {
    id,
    name: id,
    label: id,
    status: 'finished',
    startedAt: 0,
    endedAt: 1,
    color: null,
    refusedCount,
    paramChanges: null,
    style: { color: 'series-1', stroke: 0 },
  }
}

const REFUSED: Refusal = { key: 'loss', reason: 'value-missing', count: 9_900, example: 'null' }

it('asks for the refusals of the runs that have some, and for none where there are none', async () => {
  const tracker = fakeTracker({ readRefusals: async () => ok([REFUSED]) })
  const [runs, setRuns] = createSignal([row('good', 0)])
  const { refusals, dispose } = createRoot((end) => ({
    refusals: createRefusals(tracker, 'own', runs),
    dispose: end,
  }))
  await vi.waitFor(() => expect(tracker.listeners()).toBe(1))
  expect(tracker.asked).toEqual([])
  setRuns([row('good', 0), row('bad', 9_900)])
  await vi.waitFor(() => expect(refusals()).toEqual([REFUSED]))
  expect(tracker.asked).toEqual([['readRefusals', { database: 'own', runIds: ['bad'] }]])
  dispose()
})
