import type { Run } from '../client/run.ts'
import type { AliasScope, RankedAlias } from '../model/artifact.ts'
import { isBetter } from '../model/rank.ts'
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
  /**
   * How many of the newest of this run are kept, besides those that have an alias, are registered, or were used or forked
   * from; 3 when left out. What other runs made is never given up.
   */
  readonly keep?: number
  /** Whether each run has a best of its own, or all of the experiment share one; `run` when left out. */
  readonly best?: AliasScope
}

const IMPROVES_UPWARD = /acc|auc|f1|precision|recall|score|reward|return/

/**
 * Saves the model, optimizer included, as versions of an artifact: every so many epochs, and whenever its metric is the best
 * so far, which then has the alias `best`: `callbacks: [fitCallbacks(run), checkpoints(run, model)]`.
 *
 * Which is the best is decided where they are stored, by the value that is kept with the alias, so that it holds over a
 * reload, a resume and other tabs. One that was given by hand, or by another metric, stays where it is.
 *
 * Cost: reads the weights back and waits until they are durable. A checkpoint that cannot be stored is said once and
 * training goes on.
 */
export function checkpoints(
  run: Run,
  model: SavableModel,
  {
    name = 'checkpoint',
    metric = 'val_loss',
    direction,
    every = 1,
    keep = 3,
    best = 'run',
  }: CheckpointOptions = {},
): FitCallbacks {
  /** The best that was stored from here: a worse one between two checkpoints is not worth storing. */
  let stored: RankedAlias | null = null

  function rank(key: string, value = Number.NaN): RankedAlias {
    const upward = direction === undefined ? IMPROVES_UPWARD.test(key) : direction === 'max'
    return { alias: 'best', metric: key, value, direction: upward ? 'max' : 'min', among: best }
  }

  const mayBeBest = (ranked: RankedAlias): boolean =>
    Number.isFinite(ranked.value) && (stored === null || isBetter(ranked, stored))

  return toFitCallbacks({
    async onEpochEnd(epoch, unread) {
      const logs = await readScalars(unread)
      const key = metric in logs ? metric : 'loss'
      const ranked = rank(key, logs[key])
      const isCandidate = mayBeBest(ranked)
      if (!isCandidate && (epoch + 1) % every !== 0) return
      const metadata = { epoch: epoch + 1, ...logs }
      const isStored = await saveCheckpoint(run, model, name, { aliases: [ranked], keep, metadata })
      if (isStored && isCandidate) stored = ranked
    },
  })
}

/**
 * Saves a model so that its training can go on; without its optimizer where that cannot be written. The run waits for it.
 *
 * Answers whether it is stored. Never rejects: the training is worth more than one of its checkpoints, and what is wrong is
 * said once.
 */
export function saveCheckpoint(
  run: Run,
  model: SavableModel,
  name: string,
  options: IoOptions,
): Promise<boolean> {
  const { handler, wasReached } = watchSave(checkingHandler(run, name, model, ioHandler(run, name, options)))
  async function save(): Promise<void> {
    try {
      await withoutLeak(model, () => model.save(handler, { includeOptimizer: true }))
    } catch (thrown) {
      // Where bytes could not be stored `logArtifact` has said why.
      if (wasReached()) throw thrown
      sayUnwritten(run, name, 'the optimizer', thrown)
      await model.save(handler, { includeOptimizer: false })
    }
  }
  const saved = save().then(
    () => true,
    (thrown: unknown) => {
      if (!wasReached()) sayUnwritten(run, name, 'the model', thrown)
      return false
    },
  )
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
