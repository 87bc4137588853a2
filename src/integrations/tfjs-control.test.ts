import * as tf from '@tensorflow/tfjs'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { CONTROL_CHANNEL, type ControlCommand } from '../protocol/control.ts'
import { createRecordedRun, type RecordedRun } from './recorded-run.fixture.ts'
import { controlCallback, controlCallbacks, fitCallbacks } from './tfjs.ts'

const FIT = { epochs: 3, batchSize: 16, verbose: 0 } as const

let recorded: RecordedRun
let dashboard: BroadcastChannel

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  await tf.setBackend('cpu')
})
beforeEach(async () => {
  recorded = createRecordedRun()
  dashboard = new BroadcastChannel(CONTROL_CHANNEL)
  await recorded.run.checkpointBarrier()
})
afterEach(async () => {
  dashboard.close()
  await recorded.run.finish()
})

/** Resolves when the next barrier will listen: it does so every 50 ms. */
async function ask(command: ControlCommand): Promise<void> {
  dashboard.postMessage({ type: 'command', runId: recorded.run.id, id: 'one', command })
  await new Promise((resolve) => setTimeout(resolve, 60))
}

/** Trains 4 batches an epoch; `onBatch` hears of each. */
async function fit(
  optimizer: tf.Optimizer,
  callbacksOf: (model: tf.LayersModel) => tf.ModelFitArgs['callbacks'],
): Promise<tf.History> {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] })
  model.compile({ optimizer, loss: 'meanSquaredError' })
  const [xs, ys] = [tf.randomUniform([64, 3], 0, 1, 'float32', 1), tf.zeros([64, 1])]
  const history = await model.fit(xs, ys, { ...FIT, callbacks: callbacksOf(model) ?? [] })
  tf.dispose([xs, ys])
  model.dispose()
  return history
}

async function events(): Promise<readonly string[]> {
  await recorded.run.flush()
  return recorded.store.changes.flatMap((change) =>
    change.type === 'addEvents' ? change.events.map(({ text }) => text) : [],
  )
}

describe('control of a fit', () => {
  it('ends it when a dashboard asks, beside other callbacks', async () => {
    const { run, store } = recorded
    await ask({ type: 'stop' })
    await fit(tf.train.sgd(0.1), (model) => [fitCallbacks(run), controlCallbacks(run, model)])
    await run.flush()
    // The barrier is heard before a batch, and TensorFlow.js ends after it.
    expect(store.points(run.id, 'batch/loss').length).toBeLessThan(12)
    expect(await events()).toEqual(['stop asked'])
  })

  it('sets the learning rate of whichever optimizer there is', async () => {
    for (const optimizer of [tf.train.sgd(0.1), tf.train.adam(0.1), tf.train.rmsprop(0.1)]) {
      await ask({ type: 'setParam', name: 'learningRate', value: 0 })
      const weights: number[] = []
      await fit(optimizer, (model) => [
        controlCallback(tf, recorded.run, model),
        new tf.CustomCallback({
          onEpochEnd: () => void weights.push(model.getWeights()[0]?.dataSync()[0] ?? Number.NaN),
        }),
      ])
      expect(Reflect.get(optimizer, 'learningRate')).toBe(0)
      expect(weights[1]).toBe(weights[2])
    }
    expect(await events()).toEqual(Array.from({ length: 3 }, () => 'learningRate 0.1 → 0'))
  })

  it('calls the learning rate as the run does', async () => {
    const optimizer = tf.train.adam(0.1)
    await ask({ type: 'setParam', name: 'lr', value: 0.2 })
    await fit(optimizer, (model) => [controlCallbacks(recorded.run, model, { learningRateName: 'lr' })])
    expect(Reflect.get(optimizer, 'learningRate')).toBe(0.2)
    expect(await events()).toEqual(['lr 0.1 → 0.2'])
  })

  it('stores a checkpoint when asked, optimizer included', async () => {
    await ask({ type: 'checkpoint' })
    await fit(tf.train.adam(0.1), (model) => [controlCallback(tf, recorded.run, model)])
    const [upload] = recorded.store.uploads
    expect([upload?.name, upload?.type]).toEqual(['checkpoint', 'model'])
    expect(recorded.store.uploads).toHaveLength(1)
  })
})
