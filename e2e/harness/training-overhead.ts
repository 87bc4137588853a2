import * as tf from '@tensorflow/tfjs'
import { init } from '../../src/client/index.ts'
import { fitCallbacks, nextTask } from '../../src/integrations/tfjs.ts'
import { fetchDigits } from './digits.ts'

/** Milliseconds of each `fit`, tracked and with an empty callback (`plain`), in the order A B B A. */
export interface OverheadTimes {
  readonly tracked: number[]
  readonly plain: number[]
  readonly batches: number
}

export interface OverheadOrder {
  readonly pairs: number
  readonly epochs: number
}

export interface CapturedFitOrder {
  readonly epochs: number
  /** Whether everything of the system is captured meanwhile. */
  readonly isCaptured: boolean
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

/** Trains the same MLP on the digits with and without tracking, in turns. */
export async function measureOverhead({ pairs, epochs }: OverheadOrder): Promise<OverheadTimes> {
  const { fit, count } = await loadFit()
  const batches = epochs * Math.ceil(count / BATCH_SIZE)
  // Our callbacks bring this pacing, so both sides have it and only the tracking differs.
  const empty = { onBatchEnd: (): void => undefined, nextFrameFunc: nextTask }
  const timeTracked = (): Promise<number> => timeTrackedFit(fit, epochs, false)
  await fit(epochs, empty)
  await timeTracked()
  const times: OverheadTimes = { tracked: [], plain: [], batches }
  for (let pair = 0; pair < pairs; pair += 1) {
    // Each leaves garbage for the other to collect, so they take turns in being first.
    const isPlainFirst = pair % 2 === 1
    if (isPlainFirst) times.plain.push(await fit(epochs, empty))
    times.tracked.push(await timeTracked())
    if (!isPlainFirst) times.plain.push(await fit(epochs, empty))
  }
  return times
}

/** Trains it once, tracked; answers the milliseconds. */
export async function fitCaptured({ epochs, isCaptured }: CapturedFitOrder): Promise<number> {
  const { fit } = await loadFit()
  return timeTrackedFit(fit, epochs, isCaptured)
}

type Fit = (epochs: number, callbacks: tf.CustomCallbackArgs) => Promise<number>

async function timeTrackedFit(fit: Fit, epochs: number, isCaptured: boolean): Promise<number> {
  const run = init({ experiment: 'bench', name: 'overhead', params: { epochs } })
  await run.flush()
  // Its first sample comes within the fit, as every later one does.
  if (isCaptured) run.captureSystem({ tf, everyMs: SAMPLE_MS })
  const elapsed = await fit(epochs, fitCallbacks(run))
  await run.finish()
  return elapsed
}

let loading: Promise<{ readonly fit: Fit; readonly count: number }> | undefined

function loadFit(): Promise<{ readonly fit: Fit; readonly count: number }> {
  loading ??= (async () => {
    await tf.setBackend('cpu')
    const { images, labels } = await fetchDigits()
    const x = tf.tensor2d(images, [labels.length, 64])
    const y = tf.oneHot(tf.tensor1d(labels, 'int32'), 10)
    const fit: Fit = async (epochs, callbacks) => {
      const model = createModel()
      const start = performance.now()
      await model.fit(x, y, { epochs, batchSize: BATCH_SIZE, shuffle: false, callbacks })
      const elapsed = performance.now() - start
      model.dispose()
      return elapsed
    }
    return { fit, count: labels.length }
  })()
  return loading
}
