import { describe, expect, it, vi } from 'vitest'
import { FLUSH_POINTS } from './create-uplink.ts'
import { type Fate } from './store.fixture.ts'
import { pretendTime, settle, setUp } from './uplink.fixture.ts'

pretendTime()

const refuseSlowly = (): Fate => ({ type: 'refused', code: 'storage-full', requestMs: 4_000 })

describe('what goes wrong', () => {
  it('sends again what was not acknowledged, once', async () => {
    const { store, run } = setUp()
    await settle()
    store.fates.push({ type: 'answerLost' }, { type: 'requestLost' })
    run.log({ loss: 1 })
    const flushed = run.flush()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await flushed).toEqual({ ok: true, value: { storage: 'opfs', reason: '' } })
    expect(store.points(run.id, 'loss')).toHaveLength(1)
  })

  it('declares its runs anew to a store that lost them', async () => {
    const { store, run } = setUp()
    run.setParams({ lr: 0.1 })
    run.log({ loss: 1 })
    await vi.advanceTimersByTimeAsync(200)
    store.forget()
    run.setTag('kept', 'yes')
    run.log({ loss: 2 })
    await vi.advanceTimersByTimeAsync(200)
    expect(store.changes[0]).toMatchObject({ type: 'startRun', run: { id: run.id, params: { lr: 0.1 } } })
    expect(store.points(run.id, 'loss').map(([step, value]) => [step, value])).toEqual([[1, 2]])
  })

  it('keeps everything while storage is full and says so', async () => {
    const { store, run, uplink } = setUp()
    await settle()
    store.blockedBy = 'storage-full'
    run.log({ loss: 1 })
    expect(await run.flush()).toMatchObject({ ok: false, error: { code: 'storage-full' } })
    expect(uplink.problem).toMatchObject({ code: 'storage-full' })
    for (let index = 0; index < 3 * FLUSH_POINTS; index += 1) run.log({ loss: index })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(store.points(run.id, 'loss')).toHaveLength(0)
    store.blockedBy = null
    await vi.advanceTimersByTimeAsync(31_000)
    expect(store.points(run.id, 'loss')).toHaveLength(3 * FLUSH_POINTS + 1)
    expect(uplink.problem).toBeNull()
  })

  it('answers a flush while what waits is tried again and there is still no room', async () => {
    const { store, run, announce } = setUp()
    await settle()
    store.blockedBy = 'storage-full'
    for (let batch = 0; batch < 6; batch += 1) {
      run.log({ loss: batch })
      void run.flush()
      await settle()
    }
    // Tried again, and under way.
    store.fates.push(...Array.from({ length: 400 }, refuseSlowly))
    announce({ type: 'storageChanged' })
    await vi.advanceTimersByTimeAsync(100)
    const flushed = run.flush()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await flushed).toMatchObject({ ok: false, error: { code: 'storage-full' } })
  })

  it('goes on as soon as the tracker says that there is room', async () => {
    const { store, run, announce } = setUp()
    await settle()
    store.blockedBy = 'storage-full'
    run.log({ loss: 1 })
    await vi.advanceTimersByTimeAsync(120_000)
    store.blockedBy = null
    announce({ type: 'storageChanged' })
    await settle()
    expect(store.points(run.id, 'loss')).toHaveLength(1)
  })

  it('does not apply later what it said had failed', async () => {
    const { store, run, uplink } = setUp()
    await settle()
    store.blockedBy = 'storage-full'
    const answer = await uplink.commit([{ type: 'setRunName', runId: run.id, name: 'later' }])
    expect(answer).toMatchObject({ ok: false, error: { code: 'storage-full' } })
    store.blockedBy = null
    run.log({ loss: 1 })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(store.points(run.id, 'loss')).toHaveLength(1)
    expect(store.changes.filter((change) => change.type === 'setRunName')).toEqual([])
  })

  it('answers a change of a run that nobody knows, and goes on', async () => {
    const { store, run, uplink } = setUp()
    await settle()
    run.log({ loss: 1 })
    const answer = await uplink.commit([{ type: 'setRunName', runId: 'nobody', name: 'x' }])
    expect(answer).toMatchObject({ ok: false, error: { code: 'unknown-run' } })
    expect(await run.flush()).toMatchObject({ ok: true })
    expect(store.points(run.id, 'loss')).toHaveLength(1)
  })

  it('resolves a commit when it is durable', async () => {
    const { store, run, uplink } = setUp()
    await settle()
    const answer = await uplink.commit([{ type: 'setRunName', runId: run.id, name: 'renamed' }])
    expect(answer).toMatchObject({ ok: true, value: { sequence: 2 } })
    expect(store.changes.at(-1)).toMatchObject({ name: 'renamed' })
  })

  it('gives up a batch the store will never take, and only that', async () => {
    const { store, run, uplink } = setUp()
    await settle()
    store.fates.push({ type: 'refused', code: 'batch-malformed' })
    run.log({ loss: 1 })
    expect(await run.flush()).toMatchObject({ ok: false, error: { code: 'batch-malformed' } })
    run.log({ loss: 2 })
    expect(await run.flush()).toMatchObject({ ok: true })
    expect(store.points(run.id, 'loss').map(([, value]) => value)).toEqual([2])
    expect(uplink.problem).toBeNull()
  })

  it('keeps what is logged while a tracker of another version owns the database', async () => {
    const { store, run, uplink } = setUp()
    await settle()
    store.blockedBy = 'version-mismatch'
    run.log({ loss: 1 })
    expect(await run.flush()).toMatchObject({ ok: false, error: { code: 'version-mismatch' } })
    run.log({ loss: 2 })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(store.points(run.id, 'loss')).toHaveLength(0)
    expect(uplink.problem).toMatchObject({ code: 'version-mismatch' })
    store.blockedBy = null
    expect(await run.finish()).toMatchObject({ ok: true })
    expect(store.points(run.id, 'loss').map(([, value]) => value)).toEqual([1, 2])
    expect(uplink.problem).toBeNull()
  })

  it('tells whoever flushes at once that the owner is silent, and leaves a commit undecided', async () => {
    const { store, run, uplink } = setUp()
    await settle()
    store.blockedBy = 'owner-silent'
    const renamed = uplink.commit([{ type: 'setRunName', runId: run.id, name: 'renamed' }])
    run.log({ loss: 1 })
    expect(await run.flush()).toMatchObject({ ok: false, error: { code: 'owner-silent' } })
    store.blockedBy = null
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await renamed).toMatchObject({ ok: true })
    expect(store.changes.at(-1)).toMatchObject({ name: 'renamed' })
    expect(store.points(run.id, 'loss')).toHaveLength(1)
  })

  it('tells whoever waits when the tracker stays away', async () => {
    const { store, run } = setUp()
    await settle()
    store.blockedBy = 'interrupted'
    run.log({ loss: 1 })
    const flushed = run.flush()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await flushed).toMatchObject({ ok: false, error: { code: 'interrupted' } })
  })

  it('answers a flush when nothing is heard any more, and stores all the same when it is', async () => {
    const { store, run } = setUp()
    await settle()
    store.fates.push({ type: 'arrives', requestMs: 100_000 })
    run.log({ loss: 1 })
    const flushed = run.flush()
    await vi.advanceTimersByTimeAsync(40_000)
    expect(await flushed).toMatchObject({ ok: false, error: { code: 'interrupted' } })
    await vi.advanceTimersByTimeAsync(100_000)
    expect(await run.flush()).toMatchObject({ ok: true })
    expect(store.points(run.id, 'loss')).toHaveLength(1)
  })

  it('holds nothing where nothing can ever be stored, and says so to whoever flushes', async () => {
    const { store, run, uplink } = setUp()
    await settle()
    store.blockedBy = 'no-store'
    for (let step = 0; step < 100; step += 1) {
      run.log({ loss: step })
      expect(await run.flush()).toMatchObject({ ok: false, error: { code: 'no-store' } })
    }
    expect(uplink.traffic().waiting).toBe(0)
    expect(vi.getTimerCount()).toBeLessThan(5)
    expect(await run.finish()).toMatchObject({ ok: false, error: { code: 'no-store' } })
  })

  it('says that memory is where it is kept, and why', async () => {
    const { store, run, uplink } = setUp()
    await settle()
    store.memory = 'A private window.'
    run.log({ loss: 1 })
    expect(await run.flush()).toEqual({ ok: true, value: { storage: 'memory', reason: 'A private window.' } })
    expect(uplink.memory).toBe('A private window.')
    store.memory = undefined
    run.log({ loss: 2 })
    expect(await run.finish()).toEqual({ ok: true, value: { storage: 'opfs', reason: '' } })
  })
})
