import * as tf from '@tensorflow/tfjs'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createUplink } from '../client/create-uplink.ts'
import { createFakeStore, type FakeStore } from '../client/store.fixture.ts'
import { createRun } from '../client/create-run.ts'
import type { Run } from '../client/run.ts'
import { captureEnvironment, fitCallbacks, logScalars, trackerCallback } from './tfjs.ts'

/** 40 rows in batches of 16, of which a fifth is for validation: 2 batches an epoch. */
const ROWS = 40
const FIT = { epochs: 3, batchSize: 16, validationSplit: 0.2, verbose: 0 } as const

let store: FakeStore
let run: Run

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  await tf.setBackend('cpu')
})

beforeEach(() => {
  store = createFakeStore()
  const uplink = createUplink({ ingest: store.ingest, lock: 'a lock', onTrackerEvent: () => () => {} })
  run = createRun({ experiment: 'test' }, uplink)
})

function createModel() {
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 2, activation: 'softmax', inputShape: [3] })],
  })
  model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy', metrics: ['accuracy'] })
  return model
}

/** Fits twice, so that what the first fit allocates for good does not count; answers the leak of the second. */
async function fit(
  callbacks: () => NonNullable<tf.ModelFitArgs['callbacks']>,
): Promise<{ history: tf.History; leaked: number }> {
  const model = createModel()
  const xs = tf.randomUniform([ROWS, 3], 0, 1, 'float32', 1)
  const ys = tf.oneHot(
    tf.tidy(() => tf.argMax(xs, 1).minimum(tf.scalar(1, 'int32'))),
    2,
  )
  await model.fit(xs, ys, FIT)
  const before = tf.memory().numTensors
  const history = await model.fit(xs, ys, { ...FIT, callbacks: callbacks() })
  const leaked = tf.memory().numTensors - before
  tf.dispose([xs, ys])
  model.dispose()
  return { history, leaked }
}

async function logged(): Promise<Record<string, number[]>> {
  await run.flush()
  const keys = store.batches.flatMap((batch) => batch.points.sections.map((section) => section.key))
  return Object.fromEntries(
    [...new Set(keys)].toSorted().map((key) => [key, store.points(run.id, key).map(([step]) => step)]),
  )
}

function early() {
  return tf.callbacks.earlyStopping({ monitor: 'val_loss', patience: 1, minDelta: 100 })
}

function values(key: string): number[] {
  return store.points(run.id, key).map(([, value]) => value)
}

const EPOCH_STEPS = {
  acc: [2, 4, 6],
  epoch: [2, 4, 6],
  loss: [2, 4, 6],
  val_acc: [2, 4, 6],
  val_loss: [2, 4, 6],
}
const BATCH_STEPS = { 'batch/acc': [1, 2, 3, 4, 5, 6], 'batch/loss': [1, 2, 3, 4, 5, 6] }

describe('fitCallbacks', () => {
  it('logs batches and epochs over one count of batches', async () => {
    const { history, leaked } = await fit(() => fitCallbacks(run))
    expect(await logged()).toEqual({ ...EPOCH_STEPS, ...BATCH_STEPS })
    expect(values('epoch')).toEqual([1, 2, 3])
    expect(values('val_loss')).toEqual(history.history['val_loss'])
    expect(leaked).toBe(0)
    expect(run.refusedCount).toBe(0)
  })

  it('keeps every n-th batch', async () => {
    await fit(() => fitCallbacks(run, { every: 4 }))
    expect(await logged()).toEqual({ ...EPOCH_STEPS, 'batch/acc': [1, 5], 'batch/loss': [1, 5] })
  })

  it('reads no batch back when batches are not wanted', async () => {
    const read = vi.spyOn(tf.Tensor.prototype, 'data')
    await fit(() => ({ onEpochEnd() {} }))
    const ofEpochs = read.mock.calls.length
    const { leaked } = await fit(() => fitCallbacks(run, { batch: false }))
    expect(read.mock.calls.length).toBe(2 * ofEpochs)
    read.mockRestore()
    expect(await logged()).toEqual(EPOCH_STEPS)
    expect(leaked).toBe(0)
  })

  it('counts on over a second fit', async () => {
    const callbacks = fitCallbacks(run, { batch: false })
    await fit(() => callbacks)
    await fit(() => callbacks)
    expect((await logged())['loss']).toEqual([2, 4, 6, 8, 10, 12])
  })

  it('does not wait for animation frames', async () => {
    const frame = vi.fn<() => number>()
    vi.stubGlobal('requestAnimationFrame', frame)
    const model = createModel()
    const xs = tf.zeros([ROWS, 3])
    const ys = tf.zeros([ROWS, 2])
    await model.fit(xs, ys, { ...FIT, yieldEvery: 'batch', callbacks: fitCallbacks(run) })
    vi.unstubAllGlobals()
    expect(frame).not.toHaveBeenCalled()
    tf.dispose([xs, ys])
    model.dispose()
  })
})

describe('trackerCallback', () => {
  it('logs the same as fitCallbacks', async () => {
    const { history, leaked } = await fit(() => [trackerCallback(tf, run)])
    expect(await logged()).toEqual({ ...EPOCH_STEPS, ...BATCH_STEPS })
    expect(values('loss')).toEqual(history.history['loss'])
    expect(leaked).toBe(0)
  })

  it('mixes with early stopping in either order', async () => {
    for (const callbacks of [
      () => [early(), trackerCallback(tf, run)],
      () => [trackerCallback(tf, run), early()],
    ]) {
      expect((await fit(callbacks)).leaked).toBe(0)
    }
    expect(await logged()).toMatchObject({ loss: [2, 4, 2, 4], val_acc: [2, 4, 2, 4] })
  })

  it('reads back only the batches it keeps', async () => {
    const readsPerBatch: number[] = []
    const { leaked } = await fit(() => {
      const callback = trackerCallback(tf, run, { every: 3 })
      const original = callback.onBatchEnd.bind(callback)
      callback.onBatchEnd = (batch, logs) => {
        const before = tf.memory().numTensors
        const done = original(batch, logs)
        readsPerBatch.push(tf.memory().numTensors - before)
        return done
      }
      return [callback]
    })
    expect(readsPerBatch).toEqual([2, 0, 0, 2, 0, 0])
    expect(await logged()).toEqual({ ...EPOCH_STEPS, 'batch/acc': [1, 4], 'batch/loss': [1, 4] })
    expect(leaked).toBe(0)
  })

  it('lets messages through while training', async () => {
    let heard = 0
    const timer = setInterval(() => (heard += 1), 1)
    const model = createModel()
    const xs = tf.zeros([2_000, 3])
    const ys = tf.zeros([2_000, 2])
    const started = performance.now()
    const slow = new tf.CustomCallback({})
    slow.onBatchEnd = () => {
      const until = performance.now() + 20
      while (performance.now() < until);
      return Promise.resolve()
    }
    await model.fit(xs, ys, {
      epochs: 1,
      batchSize: 100,
      verbose: 0,
      callbacks: [trackerCallback(tf, run), slow],
    })
    clearInterval(timer)
    expect(performance.now() - started).toBeGreaterThan(300)
    expect(heard).toBeGreaterThan(0)
    tf.dispose([xs, ys])
    model.dispose()
  })
})

describe('logScalars', () => {
  it('logs tensors that are disposed at once, in order, and leaves none behind', async () => {
    const before = tf.memory().numTensors
    const reads: Promise<void>[] = []
    for (let step = 0; step < 3; step += 1) {
      tf.tidy(() => {
        reads.push(logScalars(run, { loss: tf.scalar(step / 2), entropy: 0.25 }, { step: 10 * step }))
      })
    }
    await Promise.all(reads)
    expect(await logged()).toEqual({ entropy: [0, 10, 20], loss: [0, 10, 20] })
    expect(values('loss')).toEqual([0, 0.5, 1])
    expect(tf.memory().numTensors).toBe(before)
  })

  it('is waited for by finish', async () => {
    for (let at = 0; at < 5; at += 1) {
      const loss = tf.scalar(at)
      void logScalars(run, { loss, entropy: at })
      loss.dispose()
    }
    expect(await run.finish()).toMatchObject({ ok: true })
    expect(values('loss')).toEqual([0, 1, 2, 3, 4])
    expect(values('entropy')).toEqual([0, 1, 2, 3, 4])
  })

  it('refuses what is no scalar by name and keeps the rest', async () => {
    const gone = tf.scalar(1)
    gone.dispose()
    const wide = tf.ones([3])
    await logScalars(run, { gone, wide, loss: 2 })
    expect(await logged()).toEqual({ loss: [0] })
    expect(run.refusedCount).toBe(2)
    wide.dispose()
  })
})

describe('captureEnvironment', () => {
  it('tells version, backend, memory and features', () => {
    expect(captureEnvironment(tf)).toMatchObject({
      tfjs: { backend: 'cpu', version: { tfjs: '4.22.0' }, memory: { numTensors: expect.any(Number) } },
    })
  })

  it('leaves out what cannot be read', () => {
    const broken = {
      version: {},
      getBackend: () => 'webgpu',
      memory: () => ({}),
      env() {
        throw new Error('no environment')
      },
      backend: () => ({ adapterInfo: { vendor: 'acme', device: '' } }),
    }
    expect(captureEnvironment(broken)).toEqual({
      tfjs: { version: {}, backend: 'webgpu', memory: {}, webgpuAdapter: { vendor: 'acme' } },
    })
  })
})
