import * as tf from '@tensorflow/tfjs'
import { captureEnvironment } from '../integrations/tfjs.ts'
import { createRandom } from '../model/seeded-random.ts'
import type { Objective, ParamsOf } from '../sweep/sweep.ts'
import { disposeModel, fitClassifier, useCpu } from './classifier.ts'
import { IRIS_SPECIES, parseIris } from './iris-file.ts'
import type { IRIS_SWEEP } from './iris-sweep.ts'
import { splitRows, standardizeRows, type RowSplit } from './labelled-rows.ts'
import type { TrainingContext } from './training.ts'

const FEATURES = 4

export type IrisParams = ParamsOf<(typeof IRIS_SWEEP)['params']>

/** One trial of the sweep: a network of one hidden layer. All of them see the same rows. */
export function irisTrial(readFile: TrainingContext['readFile']): Objective<IrisParams> {
  let rows: Promise<RowSplit> | null = null
  return async (params, { run, signal }) => {
    await useCpu()
    rows ??= readRows(readFile, params)
    const split = await rows
    const { learning_rate, units, activation, epochs, batch_size } = params
    run.setName(`lr ${learning_rate.toPrecision(2)} · ${units} units · ${activation}`)
    run.setEnvironment(captureEnvironment(tf))
    const model = createIrisModel(params)
    try {
      await fitClassifier({
        run,
        model,
        split,
        shape: [FEATURES],
        classes: IRIS_SPECIES.length,
        epochs,
        batchSize: batch_size,
        signal,
      })
    } finally {
      disposeModel(model)
    }
  }
}

async function readRows(
  readFile: TrainingContext['readFile'],
  { validation_share, seed }: IrisParams,
): Promise<RowSplit> {
  const iris = parseIris(new TextDecoder().decode(await readFile('data/iris.csv')))
  if (!iris.ok) throw new Error(iris.error)
  return standardizeRows(splitRows(iris.value, validation_share, createRandom(seed)))
}

function createIrisModel({ learning_rate, units, activation, seed }: IrisParams): tf.Sequential {
  const seeded = (layer: number) => tf.initializers.glorotNormal({ seed: seed + layer })
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [FEATURES], units, activation, kernelInitializer: seeded(1) }),
      tf.layers.dense({ units: IRIS_SPECIES.length, activation: 'softmax', kernelInitializer: seeded(2) }),
    ],
  })
  model.compile({
    optimizer: tf.train.adam(learning_rate),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  })
  return model
}
