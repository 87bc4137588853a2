import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest'
import { CONTROL_CHANNEL } from '../protocol/control.ts'
import { createUplink } from './create-uplink.ts'
import { createFakeStore } from './store.fixture.ts'
import type { LogOptions, Metrics } from './metric-log.ts'
import { createRun } from './create-run.ts'
import type { RunOptions } from './run-options.ts'

function start(...given: unknown[]) {
  const options = given.length === 0 ? { experiment: 'test' } : given[0]
  const store = createFakeStore()
  const uplink = createUplink({ ingest: store.ingest, lock: 'a lock', onTrackerEvent: () => () => {} })
  const run = createRun(options as RunOptions, uplink, () => store.artifacts)
  const log = (metrics: unknown, logOptions?: unknown) =>
    run.log(metrics as Metrics, logOptions as LogOptions)
  return { store, run, log }
}

const NOON = Date.UTC(2026, 2, 1, 12)

const throwing = {
  loss: 1,
  get bad(): number {
    throw new Error('no such luck')
  },
  acc: 2,
}

const hostile = new Proxy(
  {},
  {
    ownKeys() {
      throw new Error('hostile')
    },
  },
)

let warned: MockInstance

beforeEach(() => {
  warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterEach(() => vi.restoreAllMocks())

describe('log', () => {
  it('counts steps by itself and goes on from a step it is given', async () => {
    const { store, run } = start()
    run.log({ loss: 1 })
    run.log({ loss: 2 })
    run.log({ loss: 3 }, { step: 10 })
    run.log({ acc: 4 })
    run.log({ loss: 5 }, { step: -3 })
    run.log({ loss: 6 }, {})
    await run.flush()
    expect(store.points(run.id, 'loss').map(([step]) => step)).toEqual([0, 1, 10, -3, -2])
    expect(store.points(run.id, 'acc').map(([step]) => step)).toEqual([11])
  })

  it('starts at the first step it is told', async () => {
    const { store, run } = start({ experiment: 'test', id: 'abc', resume: true, firstStep: 500 })
    run.log({ loss: 1 })
    await run.flush()
    // The store does not know the run, so the client declares it after all.
    expect(store.changes.map((change) => change.type)).toEqual(['startRun', 'resumeRun'])
    expect(store.points('abc', 'loss').map(([step]) => step)).toEqual([500])
  })

  it('keeps NaN and the infinities', async () => {
    const { store, run } = start()
    for (const value of [Number.NaN, Infinity, -Infinity, -0]) run.log({ loss: value })
    await run.flush()
    expect(store.points(run.id, 'loss').map(([, value]) => value)).toEqual([
      Number.NaN,
      Infinity,
      -Infinity,
      -0,
    ])
    expect(run.refusedCount).toBe(0)
  })

  it('keeps the time it is given', async () => {
    const { store, run } = start()
    run.log({ loss: 1 }, { time: NOON + 0.5 })
    run.log({ loss: 2 }, { time: new Date(NOON) })
    run.log({ loss: 3 }, { time: '2026-03-01T12:00:00Z' })
    await run.flush()
    expect(store.points(run.id, 'loss')).toEqual([
      [0, 1, NOON + 0.5],
      [1, 2, NOON],
      [2, 3, NOON],
    ])
    expect(warned).not.toHaveBeenCalled()
  })

  it.each([
    ['seconds', NOON / 1e3],
    ['microseconds', NOON * 1e3],
    ['nanoseconds', NOON * 1e6],
    ['seconds', String(NOON / 1e3)],
    ['nanoseconds', BigInt(NOON) * 1_000_000n],
    ['performance.now()', NOON - performance.timeOrigin],
  ])('takes a time in %s for what it is, and says so once', async (unit, time) => {
    vi.spyOn(performance, 'now').mockReturnValue(Infinity)
    const { store, run, log } = start({ experiment: 'test', name: `in ${unit}, ${typeof time}` })
    const given = unit === 'performance.now()' ? 1_234 : time
    for (let count = 0; count < 3; count += 1) log({ loss: 1 }, { time: given })
    await run.flush()
    const meant = unit === 'performance.now()' ? performance.timeOrigin + 1_234 : NOON
    expect(store.points(run.id, 'loss').map(([, , at]) => Math.round(at))).toEqual(
      Array(3).fill(Math.round(meant)),
    )
    expect(warned.mock.calls).toEqual([[expect.stringContaining(`times in ${unit}`)]])
    expect(run.refusedCount).toBe(0)
  })

  it('refuses what is no number by name and keeps the rest of the call', async () => {
    const { store, run, log } = start()
    log({ loss: 'high', acc: 1, nothing: undefined, when: new Date(0), big: 2n ** 64n + 1n })
    log({ loss: 'low', acc: 2 })
    await run.flush()
    expect(store.points(run.id, 'acc').map(([, value]) => value)).toEqual([1, 2])
    const refusals = store.changes.flatMap((change) => (change.type === 'addRefusals' ? change.refusals : []))
    expect(refusals).toEqual([
      { key: 'loss', reason: 'text-not-a-number', count: 2, example: 'string "low"' },
      { key: 'nothing', reason: 'value-missing', count: 1, example: 'undefined' },
      { key: 'when', reason: 'value-is-a-date', count: 1, example: 'object Date' },
      { key: 'big', reason: 'bigint-too-large', count: 1, example: 'bigint 18446744073709551617' },
    ])
    expect(run.refusedCount).toBe(5)
    // Once for each name and reason, with what to write instead.
    await vi.waitFor(() => expect(warned).toHaveBeenCalledTimes(4))
    expect(warned.mock.calls.flat().join('\n')).toContain('Write `date.getTime()`')
  })

  it('notes marks at the last step, or at the one that is given', async () => {
    const { store, run } = start()
    run.mark('begun')
    run.log({ loss: 1 }, { step: 7 })
    run.mark('  new data ')
    run.mark('elsewhere', { step: 3 })
    run.mark('', { step: 3 })
    await run.flush()
    const events = store.changes.flatMap((change) => (change.type === 'addEvents' ? change.events : []))
    expect(events.map(({ kind, step, until, text }) => [kind, step, until, text])).toEqual([
      ['mark', null, null, 'begun'],
      ['mark', 7, null, 'new data'],
      ['mark', 3, null, 'elsewhere'],
    ])
  })

  it('keeps steps that are fractions as they are, and counts on from the next whole one', async () => {
    const { store, run, log } = start()
    for (const step of [0, 0.1, 0.25, 1.5, '7', 8n]) log({ loss: 1 }, { step })
    run.log({ loss: 2 })
    log({ loss: 3 }, { step: -0.5 })
    log({ loss: 4 }, { step: null })
    run.mark('half way', { step: 0.5 })
    await run.flush()
    expect(store.points(run.id, 'loss').map(([step]) => step)).toEqual([0, 0.1, 0.25, 1.5, 7, 8, 9, -0.5, 0])
    expect(
      store.changes.flatMap((change) => (change.type === 'addEvents' ? change.events : [])),
    ).toMatchObject([{ step: 0.5 }])
    expect(run.refusedCount).toBe(0)
  })

  it('refuses a step that is no number, without moving the counter, and says what to pass', async () => {
    const { store, run, log } = start()
    for (const step of [Number.NaN, Infinity, 2 ** 53, 'seven', {}]) log({ loss: 1, acc: 1 }, { step })
    run.log({ loss: 2 })
    await run.flush()
    expect(store.points(run.id, 'loss').map(([step, value]) => [step, value])).toEqual([[0, 2]])
    expect(store.points(run.id, 'acc')).toEqual([])
    expect(run.refusedCount).toBe(10)
  })

  it('keeps what came with a time that is none as of now, counts it, and says what to pass', async () => {
    const { store, run, log } = start({ experiment: 'test', name: 'timeless' })
    const before = Date.now()
    const none = [Number.NaN, new Date(0), new Date(Number.NaN), 'noon', -5, NOON * 40, {}]
    for (const time of none) log({ loss: 1 }, { time })
    await run.flush()
    const times = store.points(run.id, 'loss').map(([, , time]) => time)
    expect(times).toHaveLength(none.length)
    for (const time of times) expect(time).toBeGreaterThanOrEqual(before)
    expect(run.refusedCount).toBe(none.length)
    await vi.waitFor(() =>
      expect(warned.mock.calls).toEqual([
        [expect.stringMatching(/timeless refused loss: .*It was kept as of when it was logged: pass/)],
      ]),
    )
  })

  it('keeps what can be read of an object that throws', async () => {
    const { store, run } = start()
    run.log(throwing)
    await run.flush()
    expect(store.points(run.id, 'loss')).toHaveLength(1)
    expect(store.points(run.id, 'acc')).toHaveLength(1)
    expect(run.refusedCount).toBe(1)
  })

  it('ignores what comes from a prototype', async () => {
    const { store, run, log } = start()
    log(Object.create({ inherited: 1, worse: 'x' }, { own: { value: 2, enumerable: true } }))
    await run.flush()
    expect(store.points(run.id, 'own')).toHaveLength(1)
    expect(store.points(run.id, 'inherited')).toHaveLength(0)
    expect(run.refusedCount).toBe(0)
  })

  it('never throws, whatever it is passed', async () => {
    const { run, log } = start()
    const revoked = Proxy.revocable({}, {})
    revoked.revoke()
    for (const odd of [
      null,
      undefined,
      1,
      'text',
      Symbol('s'),
      hostile,
      revoked.proxy,
      () => 1,
      Object.create(null),
    ]) {
      log(odd)
      log({ loss: odd })
      log({ loss: 1 }, odd)
      log({ loss: 1 }, { step: odd, time: odd })
    }
    fc.assert(fc.property(fc.anything(), fc.anything(), (metrics, options) => log(metrics, options)))
    expect(run.refusedCount).toBeGreaterThan(10)
    expect(await run.flush()).toMatchObject({ ok: true })
  })

  it('counts what comes after the end', async () => {
    const { store, run } = start()
    await run.finish()
    run.log({ loss: 1 })
    await run.flush()
    expect(run.refusedCount).toBe(1)
    expect(store.points(run.id, 'loss')).toEqual([])
  })
})

describe('a tensor that is logged', () => {
  it('is waited for by flush and finish, and disposed by nobody but its owner', async () => {
    const { store, run, log } = start()
    log({
      loss: {
        shape: [],
        dtype: 'float32',
        data: () => new Promise((resolve) => setTimeout(resolve, 20, [0.5])),
      },
    })
    await run.finish()
    expect(store.points(run.id, 'loss').map(([step, value]) => [step, value])).toEqual([[0, 0.5]])
    expect(run.refusedCount).toBe(0)
  })
})

describe('a run', () => {
  it('is started with what it is given', async () => {
    const { store, run } = start({
      experiment: ' mnist ',
      params: { lr: 0.1, layers: [1, 2], fn: () => 1 },
      tags: { model: 'cnn', seed: 3 },
      notes: 'first',
      group: 'fold',
      jobType: 'train',
      color: 'series-3',
      environment: { backend: 'cpu' },
    })
    await run.flush()
    expect(run.name).toMatch(/^[a-z]+-[a-z]+-\d\d$/)
    expect(store.changes[0]).toMatchObject({
      type: 'startRun',
      run: {
        experiment: { name: 'mnist' },
        params: { lr: 0.1, layers: [1, 2], fn: '[function fn]' },
        tags: { model: 'cnn', seed: '3' },
        notes: 'first',
        groupName: 'fold',
        jobType: 'train',
        host: 'node',
        color: 'series-3',
        environment: { backend: 'cpu' },
      },
    })
  })

  it('starts whatever the options are', async () => {
    for (const options of [
      undefined,
      null,
      {},
      'x',
      { experiment: 7n, params: hostile, tags: [1], color: 'red' },
    ]) {
      const { store, run } = start(options)
      await run.flush()
      expect(store.changes[0]).toMatchObject({
        type: 'startRun',
        run: { experiment: { name: 'untitled' }, color: null },
      })
    }
  })

  it('says what is changed of it, in order', async () => {
    const { store, run } = start()
    run.setParams({ seed: 1 })
    await run.flush()
    run.setTag('stopped_by', 'user')
    run.setTag('stopped_by', null)
    run.setName('better')
    run.setNotes('note')
    run.summary({ best: 0.9 })
    run.setEnvironment({ backend: 'cpu' })
    await run.finish('failed')
    expect(store.changes.map((change) => change.type)).toEqual([
      'startRun',
      'setParams',
      'setTags',
      'setTags',
      'setRunName',
      'setRunNotes',
      'setSummary',
      'setEnvironment',
      'endRun',
    ])
    expect([run.name, run.params, run.status]).toEqual(['better', { seed: 1 }, 'failed'])
  })

  it('ends once', async () => {
    const { store, run } = start()
    await Promise.all([run.finish('failed'), run.finish('finished')])
    expect(store.changes.filter((change) => change.type === 'endRun')).toMatchObject([{ status: 'failed' }])
  })

  it('is stopped at its barrier from elsewhere, and listens no longer once it has ended', async () => {
    const { store, run } = start()
    run.log({ loss: 1 })
    expect(await run.checkpointBarrier({ params: { lr: 0.1 } })).toEqual({ stop: false, params: { lr: 0.1 } })
    const dashboard = new BroadcastChannel(CONTROL_CHANNEL)
    const heard: unknown[] = []
    dashboard.addEventListener('message', ({ data }: MessageEvent<unknown>) => heard.push(data))
    dashboard.postMessage({ type: 'command', runId: run.id, id: '1', command: { type: 'stop' } })
    await vi.waitFor(async () => expect(await run.checkpointBarrier()).toMatchObject({ stop: true }))
    await run.finish()
    await vi.waitFor(() => expect(heard).toContainEqual({ type: 'gone', runId: run.id }))
    dashboard.postMessage({ type: 'command', runId: run.id, id: '2', command: { type: 'checkpoint' } })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(heard).not.toContainEqual(expect.objectContaining({ id: '2' }))
    dashboard.close()
    const events = store.changes.flatMap((change) => (change.type === 'addEvents' ? change.events : []))
    expect(events.map(({ kind, text, step }) => [kind, text, step])).toEqual([['control', 'stop asked', 0]])
  })
})
