import * as tf from '@tensorflow/tfjs'
import { forkRun, init, type ForkOptions, type Run } from '../../src/client/index.ts'
import { fitCallbacks, ioHandler, storedModel } from '../../src/integrations/tfjs.ts'

/** Logs a loss that falls from 1 at the first step. */
function logLoss(run: Run, from: number, to: number, offset: number): void {
  for (let step = from; step <= to; step += 1) run.log({ loss: offset + 1 / (1 + step / 10) }, { step })
}

/** A run of 100 steps with checkpoints at the steps 30 and 60; answers its id. */
export async function trainParent(experiment: string): Promise<string> {
  const run = init({ experiment, name: 'first', group: 'line', params: { lr: 0.1 } })
  for (const [from, to] of [
    [0, 30],
    [31, 60],
  ] as const) {
    logLoss(run, from, to, 0)
    await run.logArtifact('checkpoint', `weights of step ${to}`, { step: to })
  }
  logLoss(run, 61, 99, 0)
  await run.finish()
  return run.id
}

/** Forks and logs some steps more; answers the last shared step, or the words of the error. */
export async function fork(source: string, options: ForkOptions, steps: number): Promise<number | string> {
  const forked = await forkRun(source, options)
  if (!forked.ok) return forked.error.message
  const { run, step } = forked.value
  for (let at = 0; at < steps; at += 1) run.log({ loss: 2 })
  await run.finish()
  return step ?? -1
}

/**
 * Trains, saves and forks: answers how far the loaded weights are from the saved ones, and the steps at which the fork
 * logged its epochs.
 */
export async function forkTraining(
  experiment: string,
): Promise<{ distance: number; steps: readonly number[] }> {
  await tf.setBackend('cpu')
  const [xs, ys] = [tf.linspace(-1, 1, 64).reshape([64, 1]), tf.linspace(-1, 1, 64).square().reshape([64, 1])]
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] })
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' })
  const FIT = { epochs: 2, batchSize: 16, verbose: 0 } as const
  const parent = init({ experiment, name: 'trained' })
  await model.fit(xs, ys, { ...FIT, callbacks: fitCallbacks(parent, { batch: false }) })
  await model.save(ioHandler(parent, 'checkpoint'), { includeOptimizer: true })
  await parent.finish()

  const forked = await forkRun(parent.id, { name: 'retrained' })
  if (!forked.ok || forked.value.checkpoint === null) throw new Error('nothing was forked')
  const { run, checkpoint, step } = forked.value
  const loaded = await tf.loadLayersModel(storedModel(checkpoint))
  const before = loaded.predict(xs) as tf.Tensor
  const distance =
    before
      .sub(model.predict(xs) as tf.Tensor)
      .abs()
      .max()
      .dataSync()[0] ?? Number.NaN
  const steps: number[] = []
  const log = run.log.bind(run)
  run.log = (metrics, options) => {
    steps.push(options?.step ?? Number.NaN)
    log(metrics, options)
  }
  await loaded.fit(xs, ys, { ...FIT, callbacks: fitCallbacks(run, { batch: false, trained: step ?? 0 }) })
  await run.finish()
  return { distance, steps }
}
