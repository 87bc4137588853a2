import * as tf from '@tensorflow/tfjs'
import type { Run } from '../client/run.ts'
import { checkpoints, controlCallbacks, fitCallbacks } from '../integrations/tfjs.ts'
import type { LabelledRows, RowSplit } from './labelled-rows.ts'

export interface ClassifierFit {
  readonly run: Run
  readonly model: tf.LayersModel
  readonly split: RowSplit
  /** Shape of one row as the model takes it. */
  readonly shape: readonly number[]
  readonly classes: number
  readonly epochs: number
  readonly batchSize: number
  readonly signal: AbortSignal
  /** Looks at the model after every `LOOK_EVERY` epochs and after the last, with the rows it was not trained on. */
  readonly onLook?: (validation: tf.Tensor, step: number) => Promise<void>
}

/** Often enough to see it learn, seldom enough to cost little. */
const LOOK_EVERY = 5

/** The backend of all demos: models this small are quickest without a trip to a GPU or into WebAssembly. */
export async function useCpu(): Promise<void> {
  await tf.setBackend('cpu')
  await tf.ready()
}

/** Fits a classifier, tracks it batch by batch, and stops at the next batch when asked. Owner: disposes its tensors. */
export async function fitClassifier(fit: ClassifierFit): Promise<void> {
  const { run, model, split, signal, epochs, batchSize, onLook } = fit
  const batches = Math.ceil(split.training.count / batchSize)
  const training = toTensors(split.training, fit)
  const validation = toTensors(split.validation, fit)
  const stop = () => {
    model.stopTraining = true
  }
  signal.addEventListener('abort', stop)
  try {
    const { history } = await model.fit(training.xs, training.ys, {
      epochs,
      batchSize,
      validationData: [validation.xs, validation.ys],
      callbacks: [
        fitCallbacks(run, onLook === undefined ? {} : { weights: { of: model, every: LOOK_EVERY } }),
        {
          async onEpochEnd(epoch: number) {
            const isDue = (epoch + 1) % LOOK_EVERY === 0 || epoch + 1 === epochs
            if (isDue) await onLook?.(validation.xs, (epoch + 1) * batches)
          },
        },
        ...(onLook === undefined
          ? []
          : [
              checkpoints(run, model, { metric: 'val_acc', every: LOOK_EVERY }),
              controlCallbacks(run, model, { learningRateName: 'learning_rate' }),
            ]),
      ],
      verbose: 0,
    })
    run.summary({ best_val_acc: Math.max(...(history['val_acc'] ?? []).map(Number)) })
  } finally {
    signal.removeEventListener('abort', stop)
    tf.dispose([training, validation])
  }
}

function toTensors(rows: LabelledRows, { shape, classes }: ClassifierFit) {
  return {
    xs: tf.tensor(rows.features, [rows.count, ...shape], 'float32'),
    ys: tf.tidy(() => tf.oneHot(tf.tensor1d(rows.labels, 'int32'), classes).toFloat()),
  }
}

/** A model does not dispose an optimizer that was passed to `compile`. */
export function disposeModel(model: tf.LayersModel): void {
  model.optimizer.dispose()
  model.dispose()
}
