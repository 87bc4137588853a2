import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRecordedRun, type RecordedRun } from './recorded-run.fixture.ts'
import { checkpoints, type CheckpointOptions, type SavableModel } from './tfjs-checkpoints.ts'

let recorded: RecordedRun

/** Stores four bytes instead of weights. */
const model: SavableModel = {
  save: (handler) =>
    handler.save({ modelTopology: {}, weightSpecs: [], weightData: new ArrayBuffer(4) }) as Promise<unknown>,
}

beforeEach(() => void (recorded = createRecordedRun()))
afterEach(() => recorded.run.finish())

/** Ends epochs with these values of a metric; answers what each stored version asks for, by epoch. */
async function train(
  values: readonly number[],
  { key = 'val_loss', ...options }: CheckpointOptions & { readonly key?: string } = {},
) {
  const { uploads } = recorded.store
  const from = uploads.length
  const callback = checkpoints(recorded.run, model, options)
  for (const [epoch, value] of values.entries()) await callback.onEpochEnd(epoch, { [key]: value })
  return uploads
    .slice(from)
    .map(({ metadata, aliases, keep }) => ({ epoch: metadata['epoch'], aliases, keep }))
}

async function epochs(values: readonly number[]) {
  return (await train(values, { every: 4 })).map(({ epoch }) => epoch)
}

describe('checkpoints', () => {
  it('let the store decide which is the best, each with its value, of its run', async () => {
    const alias = { alias: 'best', metric: 'val_loss', direction: 'min', among: 'run' }
    expect(await train([0.5, 0.7])).toEqual([
      { epoch: 1, aliases: [{ ...alias, value: 0.5 }], keep: 3 },
      { epoch: 2, aliases: [{ ...alias, value: 0.7 }], keep: 3 },
    ])
  })

  it('share a best over the experiment when asked', async () => {
    expect(await train([0.5], { best: 'experiment', metric: 'val_acc', key: 'val_acc' })).toMatchObject([
      { aliases: [{ metric: 'val_acc', direction: 'max', among: 'experiment' }] },
    ])
  })

  it('store between two checkpoints only what may be the best', async () => {
    expect(await epochs([0.5, 0.7, Number.NaN, 0.6, 0.4, 0.45])).toEqual([1, 4, 5])
    // A page that was loaded again knows nothing, and the store knows.
    expect(await epochs([0.9, 0.95])).toEqual([1])
  })

  it('try again what could not be stored', async () => {
    const { artifacts } = recorded.store
    const store = artifacts.storeArtifact.bind(artifacts)
    let isFull = true
    artifacts.storeArtifact = (request) =>
      isFull
        ? Promise.resolve({ ok: false, error: { code: 'storage-full', message: 'full' } })
        : store(request)
    const callback = checkpoints(recorded.run, model, { every: 10 })
    await callback.onEpochEnd(0, { val_loss: 0.2 })
    isFull = false
    await callback.onEpochEnd(1, { val_loss: 0.3 })
    expect(recorded.store.uploads.map(({ metadata }) => metadata['epoch'])).toEqual([2])
  })
})
