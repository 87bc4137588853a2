import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createRun } from './create-run.ts'
import { FLUSH_INTERVAL_MS, FLUSH_POINTS, MUCH_POINTS, WATCHED_FLUSH_INTERVAL_MS } from './create-uplink.ts'
import { MAX_BATCH_POINTS } from './point-source.ts'
import { type Fate, type Point } from './store.fixture.ts'
import { pretendTime, settle, setUp } from './uplink.fixture.ts'

pretendTime()

const fate: fc.Arbitrary<Fate> = fc.oneof(
  fc.record({ type: fc.constant('arrives' as const), requestMs: fc.nat(40), answerMs: fc.nat(200) }),
  fc.constant({ type: 'requestLost' } as const),
  fc.constant({ type: 'answerLost' } as const),
  fc.constant({ type: 'throws' } as const),
  fc
    .constantFrom('storage-full', 'sequence-gap', 'interrupted')
    .map((code) => ({ type: 'refused', code }) as const),
)

const command = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('log' as const),
      metrics: fc.dictionary(fc.constantFrom('loss', 'acc', 'lr'), fc.double(), { maxKeys: 3 }),
      step: fc.option(fc.integer(), { nil: undefined }),
      repeat: fc.constantFrom(1, 1, 1, 3, 2_000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('sleep' as const), ms: fc.nat(400) }) },
  { weight: 1, arbitrary: fc.constant({ type: 'flush' } as const) },
)

describe('how a log is cut into batches', () => {
  it('does not matter, whatever is lost on the way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(command, { maxLength: 30 }),
        fc.array(fate, { maxLength: 12 }),
        async (commands, fates) => {
          const { store, run } = setUp()
          store.fates.push(...fates)
          const expected = new Map<string, Point[]>()
          let nextStep = 0
          for (const each of commands) {
            if (each.type === 'sleep') await vi.advanceTimersByTimeAsync(each.ms)
            else if (each.type === 'flush') void run.flush()
            else {
              for (let count = 0; count < each.repeat; count += 1) {
                const step = each.step ?? nextStep
                run.log(each.metrics, each.step === undefined ? {} : { step: each.step })
                nextStep = step + 1
                for (const [key, value] of Object.entries(each.metrics)) {
                  const points = expected.get(key) ?? []
                  expected.set(key, points)
                  points.push([step, value, Date.now()])
                }
              }
            }
          }
          void run.finish()
          await vi.advanceTimersByTimeAsync(200_000)
          expect(await run.flush()).toEqual({ ok: true, value: { storage: 'opfs', reason: '' } })
          expect(store.changes.map((change) => change.type)).toEqual(['startRun', 'endRun'])
          for (const [key, points] of expected) expect(store.points(run.id, key)).toEqual(points)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('when batches leave', () => {
  it('declares the run at once', async () => {
    const { store, run } = setUp()
    await settle()
    expect(store.changes).toMatchObject([{ type: 'startRun', run: { id: run.id, name: 'a run' } }])
  })

  it('sends the last points when nobody logs any more', async () => {
    const { store, run } = setUp()
    await settle()
    run.log({ loss: 1 })
    await vi.advanceTimersByTimeAsync(FLUSH_INTERVAL_MS - 1)
    expect(store.points(run.id, 'loss')).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(store.points(run.id, 'loss')).toHaveLength(1)
  })

  it('sends sooner while somebody watches', async () => {
    const { store, run } = setUp()
    store.watched = true
    await settle()
    run.log({ loss: 1 })
    await vi.advanceTimersByTimeAsync(WATCHED_FLUSH_INTERVAL_MS)
    expect(store.points(run.id, 'loss')).toHaveLength(1)
    store.watched = false
    run.log({ loss: 2 })
    await vi.advanceTimersByTimeAsync(WATCHED_FLUSH_INTERVAL_MS)
    run.log({ loss: 3 })
    await vi.advanceTimersByTimeAsync(WATCHED_FLUSH_INTERVAL_MS)
    expect(store.points(run.id, 'loss')).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(FLUSH_INTERVAL_MS)
    expect(store.points(run.id, 'loss')).toHaveLength(3)
  })

  it('sends by time without a timer', async () => {
    const { store, run } = setUp()
    await settle()
    run.log({ loss: 1 })
    vi.setSystemTime(Date.now() + FLUSH_INTERVAL_MS)
    run.log({ loss: 2 })
    await Promise.resolve()
    expect(store.points(run.id, 'loss')).toHaveLength(2)
  })

  it('sends by count', async () => {
    const { store, run } = setUp()
    await settle()
    for (let index = 0; index < FLUSH_POINTS; index += 1) run.log({ loss: index })
    await Promise.resolve()
    expect(store.points(run.id, 'loss')).toHaveLength(FLUSH_POINTS)
  })

  it('arms one timer for many calls', async () => {
    const { run } = setUp()
    await settle()
    const armed = vi.spyOn(globalThis, 'setTimeout')
    for (let index = 0; index < 1_000; index += 1) run.log({ loss: index })
    expect(armed).toHaveBeenCalledTimes(1)
  })

  it('grows the next batch instead of sending more than four at a time', async () => {
    const { store, run } = setUp()
    await settle()
    store.fates.push(...Array.from({ length: 8 }, () => ({ type: 'arrives', requestMs: 500 }) as const))
    const count = 18 * FLUSH_POINTS
    for (let index = 0; index < count; index += 1) run.log({ loss: index })
    await vi.advanceTimersByTimeAsync(2_000)
    expect(store.points(run.id, 'loss')).toHaveLength(count)
    expect(store.mostInFlight).toBe(4)
    expect(store.batches).toHaveLength(6)
  })

  it('sends what is worth a batch of its own though four are not acknowledged', async () => {
    const { store, run } = setUp()
    await settle()
    store.fates.push(...Array.from({ length: 8 }, () => ({ type: 'arrives', requestMs: 500 }) as const))
    for (let index = 0; index < 4 * FLUSH_POINTS + MUCH_POINTS; index += 1) run.log({ loss: index })
    await vi.advanceTimersByTimeAsync(0)
    expect(store.mostInFlight).toBe(5)
    await vi.advanceTimersByTimeAsync(500)
    const last = (store.batches.at(-1)?.points.columns.length ?? 0) / 3
    expect(last).toBeGreaterThanOrEqual(MUCH_POINTS - FLUSH_POINTS)
  })

  it('bounds a batch', async () => {
    const { store, run } = setUp()
    await settle()
    store.blockedBy = 'storage-full'
    run.log({ other: 1 })
    expect(await run.flush()).toMatchObject({ ok: false })
    for (let index = 0; index < 3 * MAX_BATCH_POINTS; index += 1) run.log({ loss: index })
    expect(await run.flush()).toMatchObject({ ok: false, error: { code: 'storage-full' } })
    store.blockedBy = null
    await vi.advanceTimersByTimeAsync(60_000)
    expect(Math.max(...store.batches.map((batch) => batch.points.columns.length / 3))).toBe(MAX_BATCH_POINTS)
    expect(store.points(run.id, 'loss')).toHaveLength(3 * MAX_BATCH_POINTS)
  })

  it('goes on sending from a loop that never yields', async () => {
    const { store, run } = setUp()
    await settle()
    for (let second = 0; second < 20; second += 1) {
      vi.setSystemTime(Date.now() + 1_000)
      run.log({ loss: second })
    }
    await settle()
    expect(store.mostInFlight).toBeGreaterThan(10)
  })

  it('sends the end of the run with the last of its points', async () => {
    const { store, run } = setUp()
    await settle()
    for (let i = 0; i < MAX_BATCH_POINTS + 10; i += 1) run.log({ loss: i })
    void run.finish('failed')
    await vi.advanceTimersByTimeAsync(10)
    const ended = store.batches.findIndex((batch) => batch.changes.some((change) => change.type === 'endRun'))
    const logged = store.batches.findLastIndex((batch) => batch.points.sections.length > 0)
    expect(ended).toBe(logged)
    expect(store.points(run.id, 'loss')).toHaveLength(MAX_BATCH_POINTS + 10)
    expect(store.changes.at(-1)).toMatchObject({ type: 'endRun', status: 'failed' })
  })

  it('sends a hundred runs that start, log and end in one turn as two batches', async () => {
    const { store, uplink } = setUp()
    await settle()
    const before = store.batches.length
    const endings = Array.from({ length: 100 }, () => {
      const run = createRun({ experiment: 'sweep' }, uplink)
      run.log({ loss: 1 })
      return run.finish()
    })
    await vi.advanceTimersByTimeAsync(10)
    expect((await Promise.all(endings)).every(({ ok }) => ok)).toBe(true)
    expect(store.batches.length - before).toBeLessThanOrEqual(2)
  })
})
