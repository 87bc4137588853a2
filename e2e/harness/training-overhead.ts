import * as tf from '@tensorflow/tfjs'
import { init } from '../../src/client/index.ts'
import { fitCallbacks, nextTask } from '../../src/integrations/tfjs.ts'
import { fetchDigits } from './digits.ts'

/** Milliseconds of each `fit`, with what is measured (`tracked`) and without it (`plain`), in the order A B B A. */
export interface OverheadTimes {
  readonly tracked: number[]
  readonly plain: number[]
  readonly batches: number
}

/** What is measured. */
export interface OverheadOrder {
  readonly pairs: number
  readonly epochs: number
  /** tracking: a tracked `fit` beside one with an empty callback. system: one with everything of the system captured beside a tracked one. */
  readonly of: 'tracking' | 'system'
}

const BATCH_SIZE = 32
/** As often as it may be asked for in a training: more than by default. */
const SAMPLE_MS = 1_000

function createModel(): tf.Sequential {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({
        inputShape: [64],
        units: 64,
        activation: 'relu',
        kernelInitializer: tf.initializers.glorotUniform({ seed: 7 }),
      }),
      tf.layers.dense({
        units: 10,
        activation: 'softmax',
        kernelInitializer: tf.initializers.glorotUniform({ seed: 8 }),
      }),
    ],
  })
  model.compile({ optimizer: tf.train.adam(0.002), loss: 'categoricalCrossentropy', metrics: ['accuracy'] })
  return model
}

/** Trains the same MLP on the digits with and without what is measured, in turns. */
export async function measureOverhead({ pairs, epochs, of }: OverheadOrder): Promise<OverheadTimes> {
  await tf.setBackend('cpu')
  const { images, labels } = await fetchDigits()
  const x = tf.tensor2d(images, [labels.length, 64])
  const y = tf.oneHot(tf.tensor1d(labels, 'int32'), 10)
  const batches = epochs * Math.ceil(labels.length / BATCH_SIZE)

  async function timeFit(callbacks: tf.CustomCallbackArgs): Promise<number> {
    const model = createModel()
    const start = performance.now()
    await model.fit(x, y, { epochs, batchSize: BATCH_SIZE, shuffle: false, callbacks })
    const elapsed = performance.now() - start
    model.dispose()
    return elapsed
  }

  async function timeTracked(hasSystem: boolean): Promise<number> {
    const run = init({ experiment: 'bench', name: 'overhead', params: { epochs } })
    await run.flush()
    // Its first sample comes within the fit, as every later one does.
    if (hasSystem) run.captureSystem({ tf, everyMs: SAMPLE_MS })
    const elapsed = await timeFit(fitCallbacks(run))
    await run.finish()
    return elapsed
  }

  // Our callbacks bring this pacing, so both sides have it and only the tracking differs.
  const empty = { onBatchEnd: (): void => undefined, nextFrameFunc: nextTask }
  const timeWith = (): Promise<number> => timeTracked(of === 'system')
  const timeWithout = (): Promise<number> => (of === 'system' ? timeTracked(false) : timeFit(empty))
  await timeWithout()
  await timeWith()
  const times: OverheadTimes = { tracked: [], plain: [], batches }
  for (let pair = 0; pair < pairs; pair += 1) {
    // Each leaves garbage for the other to collect, so they take turns in being first.
    const isPlainFirst = pair % 2 === 1
    if (isPlainFirst) times.plain.push(await timeWithout())
    times.tracked.push(await timeWith())
    if (!isPlainFirst) times.plain.push(await timeWithout())
  }
  return times
}
