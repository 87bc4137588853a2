import type { Run } from '../client/run.ts'
import { keepUnderWay } from '../client/run-work.ts'
import { readScalars } from './scalar-reads.ts'
import { toFitCallbacks, type FitCallbacks } from './tfjs-callback.ts'
import { ioHandler, type IoHandler } from './tfjs-io.ts'

/** The part of a layers model that checkpoints need. */
export interface SavableModel {
  save(handler: IoHandler, options: { readonly includeOptimizer: boolean }): Promise<unknown>
  readonly optimizer?: OptimizerLike
}

interface OptimizerLike {
  getWeights(): Promise<readonly { readonly name: string; readonly tensor: { dispose(): void } }[]>
}

export interface CheckpointOptions {
  /** The artifact; `checkpoint` when left out. */
  readonly name?: string
  /** Which epoch metric tells the best; `val_loss` when left out, and `loss` where there is no validation. */
  readonly metric?: string
  /** Which way it improves; `max` for names with acc, auc, f1, precision, recall, score or reward, else `min`. */
  readonly direction?: 'min' | 'max'
  /** A checkpoint every so many epochs, and whenever it is the best; 1 when left out. */
  readonly every?: number
  /** How many of the newest are kept besides those with an alias; 3 when left out. */
  readonly keep?: number
}

const IMPROVES_UPWARD = /acc|auc|f1|precision|recall|score|reward|return/

/**
 * Saves the model, optimizer included, as versions of an artifact: every so many epochs, and whenever its metric is the best
 * so far, which then has the alias `best`: `callbacks: [fitCallbacks(run), checkpoints(run, model)]`.
 *
 * Cost: reads the weights back and waits until they are durable. A checkpoint that cannot be stored is said once and
 * training goes on.
 */
export function checkpoints(
  run: Run,
  model: SavableModel,
  { name = 'checkpoint', metric = 'val_loss', direction, every = 1, keep = 3 }: CheckpointOptions = {},
): FitCallbacks {
  let best: number | null = null

  function isBest(value: number | undefined, key: string): boolean {
    if (value === undefined || !Number.isFinite(value)) return false
    const upward = direction === undefined ? IMPROVES_UPWARD.test(key) : direction === 'max'
    if (best !== null && (upward ? value <= best : value >= best)) return false
    best = value
    return true
  }

  return toFitCallbacks({
    async onEpochEnd(epoch, unread) {
      const logs = await readScalars(unread)
      const key = metric in logs ? metric : 'loss'
      const isBetter = isBest(logs[key], key)
      if (!isBetter && (epoch + 1) % every !== 0) return
      const aliases = isBetter ? ['best'] : []
      const handler = ioHandler(run, name, { aliases, keep, metadata: { epoch: epoch + 1, ...logs } })
      try {
        await saveWithOptimizer(run, model, handler)
      } catch {
        // `logArtifact` has said why, once; the training is worth more than one of its checkpoints.
      }
    },
  })
}

/** Saves a model so that its training can go on; the run waits for it. Errors: rejects as the handler does. */
export function saveWithOptimizer(run: Run, model: SavableModel, handler: IoHandler): Promise<void> {
  const saved = withoutLeak(model, () => model.save(handler, { includeOptimizer: true }))
  return keepUnderWay(run, 'a checkpoint', saved)
}

/**
 * Saves a model without keeping the tensor that TensorFlow.js 4.22 forgets with every save: how many steps the optimizer
 * took, made anew in `getWeights` and disposed by nobody.
 */
async function withoutLeak({ optimizer }: SavableModel, save: () => Promise<unknown>): Promise<void> {
  if (optimizer === undefined) return void (await save())
  const forgotten: { dispose(): void }[] = []
  const getWeights = optimizer.getWeights.bind(optimizer)
  optimizer.getWeights = async () => {
    const weights = await getWeights()
    for (const { name, tensor } of weights) if (name === 'iter') forgotten.push(tensor)
    return weights
  }
  try {
    await save()
  } finally {
    Reflect.deleteProperty(optimizer, 'getWeights')
    for (const tensor of forgotten) tensor.dispose()
  }
}
