import { nextTask } from '../model/event-loop.ts'
import type { UnresolvedLogs } from './scalar-reads.ts'
import { HOOKS, onWrapped } from './tfjs-wrapping.ts'

/** What a callback does. Its logs hold numbers, or scalar tensors that are disposed right after it. */
export interface FitHooks {
  onBatchBegin?(): void | Promise<void>
  /** Left out where it is not needed: beside plain objects its presence makes TensorFlow.js read every batch back. */
  onBatchEnd?(logs: UnresolvedLogs): void | Promise<void>
  onEpochEnd?(epoch: number, logs: UnresolvedLogs): void | Promise<void>
  onTrainEnd?(): void | Promise<void>
}

type FitParams = Readonly<Record<string, string | number | boolean | string[] | number[] | boolean[]>>

/**
 * A callback for `model.fit` and `fitDataset` as TensorFlow.js knows it: alone, beside plain objects, and beside any
 * `tf.Callback`, in any order.
 */
export interface FitCallbacks {
  readonly validationData: never[]
  readonly params: Record<string, never>
  setParams(params: FitParams): void
  setModel(model: object): void
  onTrainBegin(logs?: UnresolvedLogs): Promise<void>
  onTrainEnd(logs?: UnresolvedLogs): Promise<void>
  onEpochBegin(epoch: number, logs?: UnresolvedLogs): Promise<void>
  onEpochEnd(epoch: number, logs?: UnresolvedLogs): Promise<void>
  onBatchBegin(batch?: number, logs?: UnresolvedLogs): Promise<void>
  onBatchEnd(batch: number, logs?: UnresolvedLogs): Promise<void>
  /** Lets training go on in hidden tabs, where TensorFlow.js by itself waits for an animation frame. */
  nextFrameFunc(): Promise<void>
}

/** How often a page breathes while it trains, as TensorFlow.js has it for plain objects. Unit: milliseconds. */
const BREATH_MS = 125

/**
 * A callback that TensorFlow.js takes wherever it takes one.
 *
 * A list that begins with a `tf.Callback` is taken as it is, so that this has all methods of one. Any other list is taken
 * for plain objects, which are wrapped: `tfjs-wrapping.ts` sees to it that the others of the list survive that.
 */
export function toFitCallbacks(hooks: FitHooks): FitCallbacks {
  let breathedAt = performance.now()

  async function breathe(): Promise<void> {
    if (performance.now() - breathedAt < BREATH_MS) return
    await nextTask()
    breathedAt = performance.now()
  }

  const callbacks: FitCallbacks = {
    validationData: [],
    params: {},
    setParams() {},
    setModel() {},
    async onTrainBegin() {},
    async onTrainEnd() {
      await hooks.onTrainEnd?.()
    },
    async onEpochBegin() {},
    async onEpochEnd(epoch, logs = {}) {
      await hooks.onEpochEnd?.(epoch, logs)
    },
    async onBatchBegin() {
      await hooks.onBatchBegin?.()
    },
    async onBatchEnd(this: unknown, _batch, logs = {}) {
      await hooks.onBatchEnd?.(logs)
      // Otherwise it is called by its wrapper, which does so as `yieldEvery` says.
      if (this === callbacks) await breathe()
    },
    nextFrameFunc: nextTask,
  }
  onWrapped(
    callbacks,
    HOOKS.filter((name) => !(name in hooks)),
  )
  return callbacks
}
