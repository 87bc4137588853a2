import * as tf from '@tensorflow/tfjs'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Run } from '../client/run.ts'
import { createRecordedRun, numbersOf, type RecordedRun } from './recorded-run.fixture.ts'
import { fitCallbacks, logGradients, logWeights, trackerCallback } from './tfjs.ts'

let recorded: RecordedRun
let run: Run

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  await tf.setBackend('cpu')
})

beforeEach(() => {
  recorded = createRecordedRun()
  run = recorded.run
})

function createModel() {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 2, activation: 'relu', inputShape: [3], name: 'first' }),
      tf.layers.dense({ units: 1, name: 'second', trainable: false }),
    ],
  })
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics: ['accuracy'] })
  return model
}

function createUnnamedModel() {
  return tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [1] }), tf.layers.dense({ units: 1, useBias: false })],
  })
}

const WEIGHTS = ['first/kernel', 'first/bias', 'second/kernel', 'second/bias']

describe('weights and gradients', () => {
  it('are logged as histograms that do not change when they do', async () => {
    const model = createModel()
    const before = tf.memory().numTensors
    logWeights(run, model, { step: 7 })
    model.setWeights(model.getWeights().map((weight) => tf.tidy(() => tf.onesLike(weight))))
    const found = await recorded.stored()
    expect(Object.entries(found).map(([key, { steps }]) => [key, ...steps])).toEqual(
      WEIGHTS.map((name) => [`weights/${name}`, 7]),
    )
    expect(found['weights/first/bias']?.meta).toMatchObject({ count: 2, zeroCount: 2 })
    expect(tf.memory().numTensors - before).toBe(model.getWeights().length)
  })

  it('are named alike in each model of a page', async () => {
    logWeights(run, createUnnamedModel())
    logWeights(run, createUnnamedModel())
    const found = await recorded.stored()
    expect(Object.keys(found)).toEqual([
      'weights/dense_Dense1/kernel',
      'weights/dense_Dense1/bias',
      'weights/dense_Dense2/kernel',
    ])
  })

  it('of a loop of your own are logged by name', async () => {
    const before = tf.memory().numTensors
    const initial = tf.tensor1d([1, 2])
    const weight = tf.variable(initial, true, 'own')
    const { value, grads } = tf.variableGrads(() => weight.square().sum().asScalar())
    logGradients(run, { grads })
    logGradients(run, grads, { prefix: 'again', bins: 2 })
    logWeights(run, { own: weight })
    tf.dispose([value, grads, weight, initial])
    const found = await recorded.stored()
    expect(Object.keys(found)).toEqual(['gradients/own', 'again/own', 'weights/own'])
    const again = found['again/own']
    expect(again && numbersOf(again)).toEqual([2, 3, 4, 1, 1])
    expect(tf.memory().numTensors).toBe(before)
  })

  it('of a fit are logged every few epochs', async () => {
    const model = createModel()
    const fit = { epochs: 4, batchSize: 4, verbose: 0 } as const
    const [xs, ys] = [tf.ones([8, 3]), tf.ones([8, 1])]
    await model.fit(xs, ys, fit)
    const before = tf.memory().numTensors
    await model.fit(xs, ys, { ...fit, callbacks: fitCallbacks(run, { weights: { of: model, every: 2 } }) })
    await model.fit(xs, ys, {
      ...fit,
      callbacks: [trackerCallback(tf, run, { weights: { of: model, every: 3 } })],
    })
    const { 'weights/first/kernel': kernel } = await recorded.stored()
    expect(kernel?.steps).toEqual([4, 8, 6])
    expect(tf.memory().numTensors).toBe(before)
    expect(run.refusedCount).toBe(0)
  })

  it('that cannot be read are refused, and the training goes on', async () => {
    const model = createModel()
    model.dispose()
    logWeights(run, model)
    logWeights(run, { layers: 'none' } as never)
    logGradients(run, null as never)
    await run.flush()
    expect(run.refusedCount).toBeGreaterThanOrEqual(3)
  })
})
