import * as tf from '@tensorflow/tfjs'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRecordedRun, type RecordedRun } from './recorded-run.fixture.ts'
import {
  checkpoints,
  controlCallback,
  controlCallbacks,
  fitCallbacks,
  tfjsVis,
  trackerCallback,
  type FitCallbacks,
} from './tfjs.ts'

/** Two batches an epoch; nothing is ever better than the first epoch by 100. */
const FIT = { epochs: 5, batchSize: 16, validationSplit: 0.2, verbose: 0 } as const
const ROWS = 40

let recorded: RecordedRun
let model: tf.Sequential

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  await tf.setBackend('cpu')
})
beforeEach(() => {
  recorded = createRecordedRun()
  model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] })
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' })
})
afterEach(async () => {
  model.dispose()
  await recorded.run.finish()
})

type Callbacks = NonNullable<tf.ModelFitArgs['callbacks']>

/** Answers the epochs that were trained. */
async function fit(callbacks: Callbacks): Promise<number> {
  const [xs, ys] = [tf.ones([ROWS, 3]), tf.ones([ROWS, 1])]
  try {
    return (await model.fit(xs, ys, { ...FIT, callbacks })).epoch.length
  } finally {
    tf.dispose([xs, ys])
  }
}

function early() {
  return tf.callbacks.earlyStopping({ monitor: 'val_loss', patience: 1, minDelta: 100 })
}

/** Reads its logs as a real callback may: they are tensors. */
class Watching extends tf.Callback {
  readonly seen: number[] = []
  override async onBatchEnd(_batch: number, logs?: tf.Logs) {
    const loss: unknown = logs?.['loss']
    if (loss instanceof tf.Tensor) this.seen.push(loss.dataSync()[0] ?? Number.NaN)
  }
  override async onEpochEnd() {
    if (!(this.model instanceof tf.LayersModel)) throw new Error('it was told no model')
  }
}

async function steps(key: string): Promise<readonly number[]> {
  await recorded.run.flush()
  return recorded.store.points(recorded.run.id, key).map(([step]) => step)
}

const SURFACE = { name: 'fit' }

describe('what is handed out for a fit', () => {
  const all: Record<string, () => FitCallbacks | tf.CustomCallback> = {
    fitCallbacks: () => fitCallbacks(recorded.run),
    'fitCallbacks without batches': () => fitCallbacks(recorded.run, { batch: false }),
    trackerCallback: () => trackerCallback(tf, recorded.run),
    checkpoints: () => checkpoints(recorded.run, model),
    controlCallbacks: () => controlCallbacks(recorded.run, model),
    controlCallback: () => controlCallback(tf, recorded.run, model),
    'show.fitCallbacks': () => tfjsVis(recorded.run).show.fitCallbacks(SURFACE, ['loss']),
  }

  it.each(Object.keys(all))('mixes with early stopping in either order: %s', async (name) => {
    const ours = all[name] ?? (() => fitCallbacks(recorded.run))
    expect(await fit([ours(), early()])).toBe(2)
    expect(await fit([early(), ours()])).toBe(2)
    expect(await fit([ours()])).toBe(5)
  })

  it.each(Object.keys(all))(
    'leaves tensors to callbacks of somebody else, before and after: %s',
    async (name) => {
      const ours = all[name] ?? (() => fitCallbacks(recorded.run))
      const [before, between, after] = [new Watching(), new Watching(), new Watching()]
      await fit([before, ours()])
      await fit([ours(), between, fitCallbacks(recorded.run), after])
      expect([before.seen.length, between.seen.length, after.seen.length]).toEqual([10, 10, 10])
    },
  )

  it('mixes all at once, with a plain object among them, and keeps every point', async () => {
    const { run } = recorded
    const heard: number[] = []
    const plain = { onEpochEnd: (epoch: number) => void heard.push(epoch) }
    const list = [fitCallbacks(run), checkpoints(run, model), early(), plain, controlCallbacks(run, model)]
    expect(await fit(list as Callbacks)).toBe(2)
    expect(await steps('batch/loss')).toEqual([1, 2, 3, 4])
    expect(await steps('val_loss')).toEqual([2, 4])
    expect(heard).toEqual([0, 1])
    expect(recorded.store.uploads.length).toBeGreaterThan(0)
  })

  it('mixes in fitDataset', async () => {
    const data = tf.data.zip({
      xs: tf.data.array(Array.from({ length: 8 }, () => [1, 1, 1])),
      ys: tf.data.array(Array.from({ length: 8 }, () => [1])),
    })
    const dataset = (data as tf.data.Dataset<tf.TensorContainer>).batch(4)
    const callbacks = [fitCallbacks(recorded.run), early()]
    await model.fitDataset(dataset, { epochs: 4, validationData: dataset, callbacks, verbose: 0 })
    expect(await steps('loss')).toEqual([2, 4])
  })

  it('keeps the same numbers wherever it stands', async () => {
    const { run } = recorded
    const watching = new Watching()
    await fit([watching, fitCallbacks(run)])
    await run.flush()
    const kept = recorded.store.points(run.id, 'batch/loss').map(([, value]) => value)
    expect(kept).toEqual(watching.seen)
    expect(run.refusedCount).toBe(0)
  })

  it('leaves no tensor and nothing on the prototypes behind', async () => {
    await fit([fitCallbacks(recorded.run), early()])
    const before = tf.memory().numTensors
    await fit([fitCallbacks(recorded.run), early()])
    await fit([early(), fitCallbacks(recorded.run), checkpoints(recorded.run, model)])
    expect(tf.memory().numTensors).toBe(before)
    const objects = [Object.prototype, tf.Callback.prototype, tf.CustomCallback.prototype]
    for (const each of objects) expect(['yield' in each, 'onYield' in each]).toEqual([false, false])
  })

  it('leaves what all objects come from alone once it knows the classes of callbacks', async () => {
    await fit([fitCallbacks(recorded.run)])
    const define = vi.spyOn(Reflect, 'defineProperty')
    const remove = vi.spyOn(Reflect, 'deleteProperty')
    // Early stopping would throw if its wrapper were not found.
    expect(await fit([fitCallbacks(recorded.run), early()])).toBe(2)
    const touched = [...define.mock.calls, ...remove.mock.calls].map(([object]) => object)
    define.mockRestore()
    remove.mockRestore()
    expect(touched.includes(Object.prototype)).toBe(false)
  })

  it('leaves nothing behind where somebody looks at what only a wrapper reads', async () => {
    expect(Reflect.get(fitCallbacks(recorded.run), 'onYield')).toBeUndefined()
    await Promise.resolve()
    expect('yield' in Object.prototype).toBe(false)
  })

  it('is a plain object once it is spread', async () => {
    const heard: number[] = []
    const own = { ...fitCallbacks(recorded.run), onTrainBegin: () => void heard.push(1) }
    await fit(own as tf.CustomCallbackArgs)
    expect([heard, await steps('loss')]).toEqual([[1], [2, 4, 6, 8, 10]])
  })

  it('reads no batch back for what does not look at batches', async () => {
    const read = vi.spyOn(tf.Tensor.prototype, 'data')
    await fit([{ onTrainBegin() {} }])
    const ofHistory = read.mock.calls.length
    await fit([controlCallbacks(recorded.run, model)])
    expect(read.mock.calls.length).toBe(2 * ofHistory)
    read.mockRestore()
  })

  it('lets the page breathe in a list that is taken as it is', async () => {
    let heard = 0
    const timer = setInterval(() => (heard += 1), 1)
    const slow = new tf.CustomCallback({})
    slow.onBatchEnd = () => {
      for (const until = performance.now() + 30; performance.now() < until;);
      return Promise.resolve()
    }
    await fit([slow, fitCallbacks(recorded.run)])
    clearInterval(timer)
    expect(heard).toBeGreaterThan(0)
  })
})
