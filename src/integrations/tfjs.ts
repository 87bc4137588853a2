import type { Run } from '../client/run.ts'
import { nextTask } from '../model/next-task.ts'
import { logWhenRead, type ScalarLike } from './scalar-reads.ts'

export { checkpoints, type CheckpointCallbacks, type CheckpointOptions } from './tfjs-checkpoints.ts'
export { captureEnvironment } from './tfjs-environment.ts'
export { ioHandler, storedModel, type IoHandler, type IoOptions } from './tfjs-io.ts'
export { nextTask }

type Logs = Readonly<Record<string, number>>
type UnresolvedLogs = Readonly<Record<string, number | ScalarLike>>

/** What TensorFlow.js puts among the metrics of a batch that is none. */
const NOT_METRICS: ReadonlySet<string> = new Set(['batch', 'size'])

export interface FitOptions {
  /** Whether to log every batch too, as `batch/loss`, …; true when left out. */
  readonly batch?: boolean
  /** Log only every so many batches; 1 when left out. */
  readonly every?: number
}

/** Callbacks for `model.fit`, which takes plain objects. */
export interface FitCallbacks {
  /** Counts batches where they are not logged; TensorFlow.js awaits every callback there is. */
  onBatchBegin?: () => void
  /** Missing when batches are not logged: its presence makes TensorFlow.js read every batch back. */
  onBatchEnd?: (batch: number, logs?: Logs) => void
  onEpochEnd(epoch: number, logs?: Logs): void
  /** Lets training go on in hidden tabs, where TensorFlow.js by itself waits for an animation frame. */
  nextFrameFunc(): Promise<void>
}

/**
 * Logs a whole `model.fit`: `await model.fit(xs, ys, { callbacks: fitCallbacks(run) })`.
 *
 * Batch metrics appear as `batch/loss`, `batch/acc`; epoch metrics as `loss`, `acc`, `val_loss`, `val_acc`, together
 * with `epoch`, the number of epochs done. The step of all of them is the number of batches trained, over all epochs and
 * all fits with the same callbacks, so that they share one x-axis.
 *
 * TensorFlow.js reads the metrics of every batch back for callbacks like these. Where that read-back is what costs
 * (webgl, webgpu), `trackerCallback` with `every` skips it, and `batch: false` does without.
 */
export function fitCallbacks(run: Run, { batch = true, every = 1 }: FitOptions = {}): FitCallbacks {
  const progress = createProgress(every)
  return {
    ...(batch
      ? {
          onBatchEnd(_batch: number, logs: Logs = {}) {
            progress.onBatch()
            if (progress.isWanted()) run.log(batchMetrics(logs), { step: progress.trained() })
          },
        }
      : { onBatchBegin: progress.onBatch }),
    onEpochEnd(epoch, logs = {}) {
      run.log(epochMetrics(epoch, logs), { step: progress.trained() })
    },
    nextFrameFunc: nextTask,
  }
}

/** What a callback of TensorFlow.js looks like from here. */
interface CallbackLike {
  onBatchEnd(batch: number, logs?: UnresolvedLogs): Promise<void>
}

/** The part of TensorFlow.js `trackerCallback` needs: pass the module `tf` itself. */
export interface TfCallbacks<C extends object> {
  readonly CustomCallback: new (args: { readonly nextFrameFunc: () => Promise<void> }) => C
}

/**
 * The same as `fitCallbacks`, as a `tf.Callback`: it mixes with others, as in
 * `callbacks: [tf.callbacks.earlyStopping(), trackerCallback(tf, run)]`, and reads only every `every`-th batch back,
 * without making the training wait for it.
 *
 * Unlike other lists of callbacks, one with this in it lets the page breathe every 125 ms, as plain objects do.
 */
export function trackerCallback<C extends CallbackLike>(
  tf: TfCallbacks<C>,
  run: Run,
  { batch = true, every = 1 }: FitOptions = {},
): C {
  const progress = createProgress(every)
  const reads = new Set<Promise<void>>()
  const callback = new tf.CustomCallback({ nextFrameFunc: nextTask })
  const breathe = callback.onBatchEnd.bind(callback)

  function logLater(metrics: UnresolvedLogs): void {
    const read = logWhenRead(run, metrics, progress.trained()).finally(() => reads.delete(read))
    reads.add(read)
  }

  return Object.assign(callback, {
    onBatchBegin() {
      progress.onBatch()
      return Promise.resolve()
    },
    onBatchEnd(index: number, logs: UnresolvedLogs = {}) {
      if (batch && progress.isWanted()) logLater(batchMetrics(logs))
      return breathe(index, {})
    },
    onEpochEnd(epoch: number, logs: UnresolvedLogs = {}) {
      logLater(epochMetrics(epoch, logs))
      return Promise.resolve()
    },
    async onTrainEnd() {
      await Promise.all(reads)
    },
  })
}

/**
 * Logs scalar tensors of a loop of your own, reading them back without making the loop wait.
 *
 * The tensors may be disposed as soon as this returns. Await the promise, or the last of them, before `run.finish`.
 * Pass `step`, else values count up as they arrive.
 */
export function logScalars(
  run: Run,
  tensors: UnresolvedLogs,
  { step }: { readonly step?: number } = {},
): Promise<void> {
  return logWhenRead(run, tensors, step)
}

/** Counts trained batches over epochs and fits. */
function createProgress(every: number) {
  const stride = Number.isSafeInteger(every) && every > 1 ? every : 1
  let trained = 0
  return {
    onBatch: () => void (trained += 1),
    trained: () => trained,
    /** The first batch, and then every `every`-th. */
    isWanted: () => (trained - 1) % stride === 0,
  }
}

function batchMetrics<V>(logs: Readonly<Record<string, V>>): Record<string, V> {
  const metrics: Record<string, V> = {}
  for (const key of Object.keys(logs)) {
    const value = logs[key]
    if (value !== undefined && !NOT_METRICS.has(key)) metrics[`batch/${key}`] = value
  }
  return metrics
}

function epochMetrics<V>(epoch: number, logs: Readonly<Record<string, V>>): Record<string, V | number> {
  return { ...logs, epoch: epoch + 1 }
}
