import { afterEach, expect, it, vi } from 'vitest'
import { NO_POINTS } from '../model/log-batch.ts'
import { ok } from '../model/result.ts'
import { CALL_DEADLINE_MS } from '../protocol/calls.ts'
import { trackerError } from '../protocol/tracker-error.ts'
import { createOutbox, type OutboxOptions } from './outbox.ts'

afterEach(() => vi.useRealTimers())

function nothing(): void {}

function openOutbox(ingest: OutboxOptions['ingest']) {
  const outbox = createOutbox({
    ingest,
    lock: 'a lock',
    onTrackerEvent: () => nothing,
    declaration: () => null,
    onReceipt: nothing,
    onRoom: () => void outbox.drain(),
    onProblem: nothing,
  })
  return outbox
}

it('has one timer for all who wait, however often somebody does', async () => {
  vi.useFakeTimers()
  const outbox = openOutbox(({ sequence }) => Promise.resolve(ok({ sequence, watched: false })))
  for (let round = 0; round < 100; round += 1) {
    outbox.hold({ changes: [], points: NO_POINTS })
    const settled = outbox.settled()
    outbox.drain()
    expect(await settled).toMatchObject({ ok: true })
  }
  expect(vi.getTimerCount()).toBe(1)
})

it('tells whoever waits by what was heard since, though the timer was begun for somebody before', async () => {
  vi.useFakeTimers()
  const silenceMs = CALL_DEADLINE_MS + 5_000
  const outbox = openOutbox(({ sequence }) =>
    sequence === 1 ? Promise.resolve(ok({ sequence, watched: false })) : new Promise(nothing),
  )
  outbox.hold({ changes: [], points: NO_POINTS })
  const first = outbox.settled()
  outbox.drain()
  expect(await first).toMatchObject({ ok: true })
  await vi.advanceTimersByTimeAsync(20_000)
  outbox.hold({ changes: [], points: NO_POINTS })
  const told = vi.fn<() => void>()
  void outbox.settled().then(told)
  outbox.drain()
  await vi.advanceTimersByTimeAsync(silenceMs - 1)
  expect(told).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(told).toHaveBeenCalledOnce()
})

it.each(['interrupted', 'owner-silent', 'storage-full', 'unknown-run'] as const)(
  'asks a store that refuses at once (%s) again later, not for ever in one turn',
  async (code) => {
    vi.useFakeTimers()
    const ingest = vi.fn<OutboxOptions['ingest']>(() => ({ ok: false, error: trackerError(code, 'no') }))
    const outbox = openOutbox(ingest)
    outbox.hold({ changes: [], points: NO_POINTS })
    const settled = outbox.settled()
    outbox.drain()
    expect(ingest.mock.calls.length).toBeLessThan(4)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await settled).toMatchObject({ ok: false, error: { code } })
    expect(ingest.mock.calls.length).toBeLessThan(10)
  },
)
