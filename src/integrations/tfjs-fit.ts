import type { Run } from '../client/run.ts'
import { nextTask } from '../model/event-loop.ts'
import { areRead, logWhenRead, type UnresolvedLogs } from './scalar-reads.ts'
import { toFitCallbacks, type FitCallbacks, type FitHooks } from './tfjs-callback.ts'
import { logWeights, type ModelLike } from './tfjs-weights.ts'

/** What TensorFlow.js puts among the metrics of a batch that is none. */
const NOT_METRICS: ReadonlySet<string> = new Set(['batch', 'size'])

export interface FitOptions {
  /** Whether to log every batch too, as `batch/loss`, …; true when left out. */
  readonly batch?: boolean
  /** How many batches were trained before, by the run this one was forked from or resumed; 0 when left out. */
  readonly trained?: number
  /** Log only every so many batches; 1 when left out. */
  readonly every?: number
  /** Whether to log epochs; true when left out. */
  readonly epoch?: boolean
  /** Only these; all when left out. */
  readonly metrics?: readonly string[]
  /** A histogram of each weight of a model after every so many epochs, 1 when left out. */
  readonly weights?: { readonly of: ModelLike; readonly every?: number }
}

/**
 * Logs a whole `model.fit`: `await model.fit(xs, ys, { callbacks: fitCallbacks(run) })`.
 *
 * Batch metrics appear as `batch/loss`, `batch/acc`; epoch metrics as `loss`, `acc`, `val_loss`, `val_acc`, together
 * with `epoch`, the number of epochs done. The step of all of them is the number of batches trained, over all epochs and
 * all fits with the same callbacks, so that they share one x-axis.
 *
 * TensorFlow.js reads the metrics of every batch back for callbacks like these. Where that read-back is what costs
 * (webgl, webgpu), `trackerCallback` with `every` skips it, and `batch: false` does without. It mixes with plain objects and
 * with every `tf.Callback`, in any order.
 */
export function fitCallbacks(run: Run, options: FitOptions = {}): FitCallbacks {
  return toFitCallbacks(fitHooks(run, options))
}

/** What both do with a fit. */
function fitHooks(run: Run, options: FitOptions) {
  const { batch = true, every = 1, epoch = true, metrics } = options
  const progress = createProgress(every, options.trained)
  const afterEpoch = weightsLog(run, options)
  const reads = new Set<Promise<void>>()

  function log(logs: UnresolvedLogs): void {
    // What is read needs no promise, of which a training would make one every batch.
    if (areRead(logs)) {
      run.log(logs, { step: progress.trained() })
      return
    }
    const read = logWhenRead(run, logs, progress.trained()).finally(() => reads.delete(read))
    reads.add(read)
  }

  return {
    ...(batch
      ? {
          onBatchEnd(logs: UnresolvedLogs) {
            progress.onBatch()
            if (progress.isWanted()) log(batchMetrics(logs, metrics))
          },
        }
      : { onBatchBegin: progress.onBatch }),
    onEpochEnd(index: number, logs: UnresolvedLogs) {
      if (epoch) log(epochMetrics(index, logs, metrics))
      afterEpoch(index, progress.trained())
    },
    async onTrainEnd() {
      await Promise.all(reads)
    },
  } satisfies FitHooks
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
 * The same as `fitCallbacks`, as a `tf.Callback`: `callbacks: [trackerCallback(tf, run, { every: 10 })]`. It reads only every
 * `every`-th batch back, without making the training wait for it.
 *
 * Unlike other lists of callbacks, one with this in it lets the page breathe every 125 ms, as plain objects do.
 */
export function trackerCallback<C extends CallbackLike>(
  tf: TfCallbacks<C>,
  run: Run,
  options: FitOptions = {},
): C {
  const hooks: FitHooks = fitHooks(run, options)
  const callback = new tf.CustomCallback({ nextFrameFunc: nextTask })
  const breathe = callback.onBatchEnd.bind(callback)
  return Object.assign(callback, {
    async onBatchBegin() {
      await hooks.onBatchBegin?.()
    },
    async onBatchEnd(index: number, logs: UnresolvedLogs = {}) {
      await hooks.onBatchEnd?.(logs)
      return breathe(index, {})
    },
    async onEpochEnd(index: number, logs: UnresolvedLogs = {}) {
      await hooks.onEpochEnd?.(index, logs)
    },
    async onTrainEnd() {
      await hooks.onTrainEnd?.()
    },
  })
}

/** Logs the weights that are wanted, after the epochs that are. */
function weightsLog(run: Run, { weights }: FitOptions): (epoch: number, step: number) => void {
  if (weights === undefined) return () => {}
  const stride = strideOf(weights.every)
  return (epoch, step) => {
    if ((epoch + 1) % stride === 0) logWeights(run, weights.of, { step })
  }
}

/** Counts trained batches over epochs and fits. */
function createProgress(every: number, before = 0) {
  const stride = strideOf(every)
  let trained = before
  return {
    onBatch: () => void (trained += 1),
    trained: () => trained,
    /** The first batch, and then every `every`-th. */
    isWanted: () => (trained - before - 1) % stride === 0,
  }
}

function strideOf(every: number | undefined): number {
  return every !== undefined && Number.isSafeInteger(every) && every > 1 ? every : 1
}

type Wanted = readonly string[] | undefined

function batchMetrics<V>(logs: Readonly<Record<string, V>>, wanted: Wanted): Record<string, V> {
  const metrics: Record<string, V> = {}
  for (const key of wanted ?? Object.keys(logs)) {
    const value = logs[key]
    if (value !== undefined && !NOT_METRICS.has(key)) metrics[`batch/${key}`] = value
  }
  return metrics
}

function epochMetrics<V>(
  epoch: number,
  logs: Readonly<Record<string, V>>,
  wanted: Wanted,
): Record<string, V | number> {
  const kept = Object.entries(logs).filter(([key]) => wanted?.includes(key) ?? true)
  return { ...Object.fromEntries(kept), epoch: epoch + 1 }
}
