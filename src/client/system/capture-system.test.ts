import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createUplink } from '../create-uplink.ts'
import { createFakeStore } from '../store.fixture.ts'
import { createRun } from '../create-run.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 })
})
const clock = performance.now
afterEach(() => {
  performance.now = clock
  vi.useRealTimers()
})

function start() {
  const store = createFakeStore()
  const uplink = createUplink({ ingest: store.ingest, lock: 'a lock', onTrackerEvent: () => () => {} })
  const run = createRun({ experiment: 'test' }, uplink)
  const events = () => store.changes.flatMap((change) => (change.type === 'addEvents' ? change.events : []))
  return { store, run, events }
}

/** Lets the code of the capture be loaded. */
async function loaded(): Promise<void> {
  await import('./capture-system.ts')
  await vi.advanceTimersByTimeAsync(0)
}

/** Time passes and no timer runs. */
function block(ms: number): void {
  const before = performance.now()
  vi.setSystemTime(Date.now() + ms)
  if (performance.now() - before >= ms) return
  const { now } = performance
  performance.now = () => now.call(performance) + ms
}

test('logs at the last step, which stays the last one', async () => {
  const { store, run } = start()
  const tf = {
    memory: () => ({ numTensors: 7, numBytes: 2e6, numBytesInGPU: Number.NaN }),
    backend: () => ({}),
  }
  const stop = run.captureSystem({ tf, everyMs: 1_000 })
  await loaded()
  await vi.advanceTimersByTimeAsync(3_000)
  run.log({ loss: 1 })
  run.log({ loss: 0.5 })
  await vi.advanceTimersByTimeAsync(1_000)
  run.log({ loss: 0.25 })
  stop()
  await vi.advanceTimersByTimeAsync(5_000)
  await run.finish()
  expect(store.points(run.id, 'loss').map(([step]) => step)).toEqual([0, 1, 2])
  expect(store.points(run.id, 'system/tensors').map(([step, value]) => [step, value])).toEqual([[1, 7]])
  expect(store.points(run.id, 'system/tensor_mb').map(([, value]) => value)).toEqual([2])
  expect(store.points(run.id, 'system/gpu_mb')).toEqual([])
  expect(store.points(run.id, 'system/lag_ms')).toHaveLength(1)
})

test('times some calls of log, and gives the run its own log back', async () => {
  const { store, run } = start()
  const { log } = run
  const stop = run.captureSystem({ everyMs: 1_000 })
  await loaded()
  expect(run.log).not.toBe(log)
  for (let step = 0; step < 2_000; step += 1) run.log({ loss: step })
  await vi.advanceTimersByTimeAsync(2_000)
  stop()
  expect(run.log).toBe(log)
  await run.finish()
  expect(store.points(run.id, 'loss')).toHaveLength(2_000)
  expect(store.points(run.id, 'system/log_us')).toHaveLength(1)
  expect(store.points(run.id, 'system/points_per_s').some(([, value]) => value > 0)).toBe(true)
})

test('tells when a thread was busy, once where stalls follow each other', async () => {
  const { run, events } = start()
  run.log({ loss: 1 }, { step: 9 })
  run.captureSystem()
  await loaded()
  await vi.advanceTimersByTimeAsync(1_000)
  const from = Date.now()
  for (const ms of [900, 500]) {
    block(ms)
    await vi.advanceTimersByTimeAsync(200)
  }
  await run.finish()
  const stalls = events().filter(({ kind }) => kind === 'stall')
  expect(stalls).toHaveLength(1)
  expect(stalls[0]?.step).toBe(9)
  expect((stalls[0]?.until ?? 0) - (stalls[0]?.time ?? 0)).toBeGreaterThanOrEqual(1_400)
  expect(Math.abs((stalls[0]?.time ?? 0) - from)).toBeLessThan(200)
})

test('tells that a graphics context was lost, and how long, also of a backend that is chosen late', async () => {
  const { run, events } = start()
  const canvas = new EventTarget()
  let backend: object | null = null
  const tf = {
    memory: () => {
      throw new Error('no backend')
    },
    backend() {
      if (backend === null) throw new Error('no backend')
      return backend
    },
  }
  run.log({ loss: 1 }, { step: 3 })
  run.captureSystem({ tf, everyMs: 500 })
  await loaded()
  backend = { gpgpu: { gl: { canvas } } }
  await vi.advanceTimersByTimeAsync(500)
  canvas.dispatchEvent(new Event('webglcontextlost'))
  await vi.advanceTimersByTimeAsync(700)
  canvas.dispatchEvent(new Event('webglcontextrestored'))
  await run.finish()
  canvas.dispatchEvent(new Event('webglcontextlost'))
  const lost = events().filter(({ kind }) => kind === 'context-lost')
  const time = lost[0]?.time ?? 0
  expect(lost).toEqual([
    { kind: 'context-lost', time, until: null, step: 3, text: '' },
    { kind: 'context-lost', time, until: time + 700, step: 3, text: '' },
  ])
})

test('a capture that is stopped before its code is there never starts', async () => {
  const { store, run } = start()
  run.captureSystem({ everyMs: 500 })()
  run.log({ loss: 1 })
  await loaded()
  await vi.advanceTimersByTimeAsync(5_000)
  await run.finish()
  expect(store.points(run.id, 'system/lag_ms')).toEqual([])
})
