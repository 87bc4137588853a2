import type { Page } from 'playwright/test'
import type { Artifacts } from './harness/artifacts.ts'

/** Calls a function of the harness by its name. */
export function call<K extends keyof Artifacts>(
  page: Page,
  name: K,
  ...args: Parameters<Artifacts[K]>
): Promise<Awaited<ReturnType<Artifacts[K]>>> {
  return page.evaluate(
    async ([name, args]) => {
      const artifacts = await window.harness.loadArtifacts()
      return (artifacts[name] as (...args: unknown[]) => unknown)(...args)
    },
    [name, args] as const,
  ) as Promise<Awaited<ReturnType<Artifacts[K]>>>
}

export const SHELF = 'digits on a shelf'

/** An experiment of two runs: one makes a dataset, checkpoints and a model, the other goes on from them. */
export async function fillShelf(harness: Page): Promise<void> {
  const maker = await call(harness, 'start', SHELF, 'baseline')
  await call(harness, 'points', maker, 'val/loss', [0.9, 0.5, 0.31, 0.27, 0.24, 0.22])
  await call(
    harness,
    'logFiles',
    maker,
    'digits',
    { 'train/images.bin': 2_400_000, 'train/labels.bin': 60_000, 'README.md': 700 },
    { type: 'dataset', step: 0, metadata: { rows: 60_000, split: { train: 0.8, val: 0.2 } } },
  )
  for (let epoch = 1; epoch <= 5; epoch += 1) {
    await call(harness, 'log', maker, 'checkpoint', 400_000 + epoch, {
      type: 'checkpoint',
      step: epoch * 100,
      seed: epoch,
      metadata: { epoch, val_loss: 1 / epoch },
      aliases: epoch === 4 ? ['best'] : [],
    })
  }
  await call(
    harness,
    'logFiles',
    maker,
    'model',
    { 'model.json': 2_000, 'weights.bin': 900_000 },
    { type: 'model', step: 500, aliases: ['baseline'], metadata: { layers: 4, act: 'relu' } },
  )
  await call(harness, 'finish', maker)
  const tuner = await call(harness, 'start', SHELF, 'fine-tuned')
  await call(harness, 'points', tuner, 'val/loss', [0.22, 0.2, 0.19])
  await call(harness, 'use', tuner, 'digits:latest')
  await call(harness, 'use', tuner, 'model:baseline')
  await call(
    harness,
    'logFiles',
    tuner,
    'model',
    { 'model.json': 2_000, 'weights.bin': 900_100, 'classes.txt': 90 },
    { type: 'model', step: 300, metadata: { layers: 5, act: 'relu' } },
  )
  await call(harness, 'finish', tuner)
}
