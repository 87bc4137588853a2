import * as tf from '@tensorflow/tfjs'
import { captureEnvironment } from '../integrations/tfjs.ts'
import { disposeModel, fitClassifier, useCpu } from './classifier.ts'
import { logDigitsLooks, predictChances } from './digits-looks.ts'
import { DIGIT_SIDE, parseDigits } from './digits-file.ts'
import { splitRows } from './labelled-rows.ts'
import { createRandom } from '../model/seeded-random.ts'
import { trackRun, type TrainingContext } from './training.ts'

export interface DigitsParams {
  readonly learning_rate: number
  readonly dense_units: number
  readonly epochs: number
}

const PARAMS = {
  model: 'cnn',
  filters: [8, 16],
  optimizer: 'adam',
  batch_size: 32,
  validation_share: 0.2,
} as const

const DEFAULTS: DigitsParams = { learning_rate: 0.001, dense_units: 64, epochs: 100 }

const CLASSES = 10

/** A small convolutional network on the UCI digits. A new seed each time, so that runs can be compared. */
export async function trainDigits(context: TrainingContext, chosen = DEFAULTS): Promise<void> {
  await useCpu()
  const digits = parseDigits(await context.readFile('data/digits.bin'))
  if (!digits.ok) throw new Error(digits.error)
  const seed = Date.now() % 100_000
  const split = splitRows(digits.value, PARAMS.validation_share, createRandom(seed))
  const model = createDigitsModel(seed, chosen)
  const options = {
    experiment: 'digits',
    params: {
      ...PARAMS,
      ...chosen,
      seed,
      weights: model.countParams(),
      training_rows: split.training.count,
      validation_rows: split.validation.count,
    },
    environment: captureEnvironment(tf),
  }
  await trackRun(context, options, async (run) => {
    await fitClassifier({
      run,
      model,
      split,
      shape: [DIGIT_SIDE, DIGIT_SIDE, 1],
      classes: CLASSES,
      epochs: chosen.epochs,
      batchSize: PARAMS.batch_size,
      signal: context.signal,
      async onLook(validation, step) {
        logDigitsLooks(run, await predictChances(model, validation), split.validation, step)
      },
    })
    if (model.stopTraining) run.setTag('stopped_by', 'user')
  }).finally(() => disposeModel(model))
}

function createDigitsModel(seed: number, { learning_rate, dense_units }: DigitsParams): tf.Sequential {
  const kernel = (layer: number) => ({ kernelInitializer: tf.initializers.heNormal({ seed: seed + layer }) })
  const [first, second] = PARAMS.filters
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [DIGIT_SIDE, DIGIT_SIDE, 1],
        filters: first,
        kernelSize: 3,
        padding: 'same',
        activation: 'relu',
        ...kernel(1),
      }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.conv2d({ filters: second, kernelSize: 3, padding: 'same', activation: 'relu', ...kernel(2) }),
      tf.layers.flatten(),
      tf.layers.dense({ units: dense_units, activation: 'relu', ...kernel(3) }),
      tf.layers.dense({ units: CLASSES, activation: 'softmax', ...kernel(4) }),
    ],
  })
  model.compile({
    optimizer: tf.train.adam(learning_rate),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  })
  return model
}
