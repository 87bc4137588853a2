import type { BarrierOptions } from '../client/control.ts'
import type { LiveParams } from '../client/live-params.ts'
import type { Run } from '../client/run.ts'
import { nextTask } from '../model/event-loop.ts'
import { toFitCallbacks, type FitCallbacks } from './tfjs-callback.ts'
import { saveCheckpoint, type SavableModel } from './tfjs-checkpoints.ts'

/** The part of a layers model that is controlled. */
export interface ControlledModel extends SavableModel {
  stopTraining: boolean
}

export interface FitControlOptions extends BarrierOptions<LiveParams> {
  /** The artifact a checkpoint is a version of; `checkpoint` when left out. */
  readonly checkpointName?: string
  /** What the run calls its learning rate among the params; `learningRate` when left out. */
  readonly learningRateName?: string
}

const LEARNING_RATE = 'learningRate'

/**
 * Lets a dashboard pause, step and stop a whole `model.fit`, set the learning rate of its optimizer, and ask for a
 * checkpoint: `callbacks: [fitCallbacks(run), controlCallbacks(run, model)]`.
 *
 * What is asked is done between two batches. A checkpoint that is asked for gives up no other; it is among the newest that
 * `checkpoints` keeps, where the run has them.
 */
export function controlCallbacks(
  run: Run,
  model: ControlledModel,
  options: FitControlOptions = {},
): FitCallbacks {
  return toFitCallbacks({ onBatchBegin: controlHook(run, model, options) })
}

function controlHook(run: Run, model: ControlledModel, options: FitControlOptions): () => Promise<void> {
  const { params, onParam, checkpointName = 'checkpoint', learningRateName = LEARNING_RATE } = options
  const checkpoint = options.checkpoint ?? (() => saveCheckpoint(run, model, checkpointName, {}))

  function setParam(name: string, value: number): void {
    if (name === learningRateName && learningRateOf(model) !== undefined) setLearningRate(model, value)
    onParam?.(name, value)
  }

  return async () => {
    const rate = learningRateOf(model)
    const { stop } = await run.checkpointBarrier<LiveParams>({
      params: rate === undefined ? { ...params } : { ...params, [learningRateName]: rate },
      onParam: setParam,
      checkpoint,
    })
    if (stop) model.stopTraining = true
  }
}

/** The part of TensorFlow.js `controlCallback` needs: pass the module `tf` itself. */
interface TfCallbacks<C extends object> {
  readonly CustomCallback: new (args: { readonly nextFrameFunc: () => Promise<void> }) => C
}

/** The same as a `tf.Callback`, which mixes with others: `callbacks: [tf.callbacks.earlyStopping(), controlCallback(tf, run, model)]`. */
export function controlCallback<C extends object>(
  tf: TfCallbacks<C>,
  run: Run,
  model: ControlledModel,
  options: FitControlOptions = {},
): C {
  const callback = new tf.CustomCallback({ nextFrameFunc: nextTask })
  return Object.assign(callback, { onBatchBegin: controlHook(run, model, options) })
}

/** undefined where an optimizer keeps none as a number. */
function learningRateOf({ optimizer }: ControlledModel): number | undefined {
  const rate: unknown = optimizer === undefined ? undefined : Reflect.get(optimizer, LEARNING_RATE)
  return typeof rate === 'number' ? rate : undefined
}

/** Plain gradient descent keeps a tensor of it as well, which only its own setter replaces. */
function setLearningRate({ optimizer }: ControlledModel, rate: number): void {
  if (optimizer === undefined) return
  const set: unknown = Reflect.get(optimizer, 'setLearningRate')
  if (typeof set === 'function') set.call(optimizer, rate)
  else Reflect.set(optimizer, LEARNING_RATE, rate)
}
