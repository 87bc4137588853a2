import { afterEach, expect, it, vi } from 'vitest'
import { NO_POINTS } from '../model/log-batch.ts'
import { ok } from '../model/result.ts'
import { createOutbox } from './outbox.ts'

afterEach(() => vi.useRealTimers())

function nothing(): void {}

it('has one timer for all who wait, however often somebody does', async () => {
  vi.useFakeTimers()
  const outbox = createOutbox({
    ingest: ({ sequence }) => Promise.resolve(ok({ sequence, watched: false })),
    lock: 'a lock',
    onTrackerEvent: () => nothing,
    declaration: () => null,
    onReceipt: nothing,
    onRoom: () => void outbox.drain(),
    onProblem: nothing,
  })
  for (let round = 0; round < 100; round += 1) {
    outbox.hold({ changes: [], points: NO_POINTS })
    const settled = outbox.settled()
    outbox.drain()
    expect(await settled).toMatchObject({ ok: true })
  }
  expect(vi.getTimerCount()).toBe(1)
})
