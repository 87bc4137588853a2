import * as tf from '@tensorflow/tfjs'
import { captureEnvironment } from '../integrations/tfjs.ts'
import { disposeModel, fitClassifier, useCpu } from './classifier.ts'
import { IRIS_SPECIES, parseIris } from './iris-file.ts'
import { splitRows, standardizeRows, type RowSplit } from './labelled-rows.ts'
import { createRandom } from '../model/seeded-random.ts'
import { trackRun, type TrainingContext } from './training.ts'

const LEARNING_RATES = [0.001, 0.003, 0.01, 0.03] as const
const UNITS = [2, 4, 8, 16] as const
const FEATURES = 4
const FIXED = { seed: 7, optimizer: 'adam', batch_size: 16, epochs: 80, validation_share: 0.2 }

/** One run for every pair of learning rate and layer size, one after the other, all on the same rows. */
export async function trainIris(context: TrainingContext): Promise<void> {
  await useCpu()
  const iris = parseIris(new TextDecoder().decode(await context.readFile('data/iris.csv')))
  if (!iris.ok) throw new Error(iris.error)
  const split = standardizeRows(splitRows(iris.value, FIXED.validation_share, createRandom(FIXED.seed)))
  for (const learningRate of LEARNING_RATES) {
    for (const units of UNITS) {
      if (context.signal.aborted) return
      await trainOne(context, split, learningRate, units)
    }
  }
}

async function trainOne(
  context: TrainingContext,
  split: RowSplit,
  learningRate: number,
  units: number,
): Promise<void> {
  const model = createIrisModel(learningRate, units)
  const options = {
    experiment: 'iris sweep',
    name: `lr ${learningRate} · ${units} units`,
    params: { learning_rate: learningRate, units, ...FIXED, weights: model.countParams() },
    environment: captureEnvironment(tf),
  }
  await trackRun(context, options, (run) =>
    fitClassifier({
      run,
      model,
      split,
      shape: [FEATURES],
      classes: IRIS_SPECIES.length,
      epochs: FIXED.epochs,
      batchSize: FIXED.batch_size,
      signal: context.signal,
    }),
  ).finally(() => disposeModel(model))
}

function createIrisModel(learningRate: number, units: number): tf.Sequential {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [FEATURES], units, activation: 'tanh', kernelInitializer: seeded(1) }),
      tf.layers.dense({ units: IRIS_SPECIES.length, activation: 'softmax', kernelInitializer: seeded(2) }),
    ],
  })
  model.compile({
    optimizer: tf.train.adam(learningRate),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  })
  return model
}

function seeded(layer: number) {
  return tf.initializers.glorotNormal({ seed: FIXED.seed + layer })
}
