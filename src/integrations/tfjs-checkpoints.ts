import type { Run } from '../client/run.ts'
import { keepUnderWay } from '../client/run-work.ts'
import { readScalars } from './scalar-reads.ts'
import { toFitCallbacks, type FitCallbacks } from './tfjs-callback.ts'
import { ioHandler, type IoOptions } from './tfjs-io.ts'
import type { IoHandler } from './tfjs-model.ts'
import { checkingHandler, sayUnwritten } from './tfjs-reload.ts'

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
      await saveCheckpoint(run, model, name, { aliases, keep, metadata: { epoch: epoch + 1, ...logs } })
    },
  })
}

/**
 * Saves a model so that its training can go on; without its optimizer where that cannot be written. The run waits for it.
 *
 * Never rejects: the training is worth more than one of its checkpoints, and what is wrong is said once.
 */
export function saveCheckpoint(
  run: Run,
  model: SavableModel,
  name: string,
  options: IoOptions,
): Promise<void> {
  const { handler, wasReached } = watchSave(checkingHandler(run, name, model, ioHandler(run, name, options)))
  async function save(): Promise<void> {
    try {
      await withoutLeak(model, () => model.save(handler, { includeOptimizer: true }))
    } catch (thrown) {
      // Where bytes could not be stored `logArtifact` has said why.
      if (wasReached()) return
      sayUnwritten(run, name, 'the optimizer', thrown)
      await model.save(handler, { includeOptimizer: false })
    }
  }
  const saved = save().catch((thrown: unknown) => {
    if (!wasReached()) sayUnwritten(run, name, 'the model', thrown)
  })
  return keepUnderWay(run, `the artifact ${name}`, saved)
}

/** Tells whether there was something to be stored, once saving has failed. */
function watchSave(handler: IoHandler): { readonly handler: IoHandler; wasReached(): boolean } {
  let isReached = false
  return {
    handler: {
      load: handler.load,
      save(artifacts) {
        isReached = true
        return handler.save(artifacts)
      },
    },
    wasReached: () => isReached,
  }
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
