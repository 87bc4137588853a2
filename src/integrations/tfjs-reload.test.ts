import * as tf from '@tensorflow/tfjs'
import { beforeAll, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest'
import { createRecordedRun, type RecordedRun } from './recorded-run.fixture.ts'
import { checkpoints, ioHandler } from './tfjs.ts'

/** Passes its input on. */
class Unknown extends tf.layers.Layer {
  static className = 'Unknown'
  override call(inputs: tf.Tensor | tf.Tensor[]) {
    return Array.isArray(inputs) ? (inputs[0] ?? tf.scalar(0)) : inputs
  }
}

/** Forgets its size when it is saved. */
class Forgetful extends Unknown {
  static override className = 'Forgetful'
  readonly #size: number
  constructor({ size = 1, ...config }: { size?: number; name?: string }) {
    super(config)
    this.#size = size
  }
  override build(): void {
    this.addWeight('scale', [this.#size], 'float32', tf.initializers.ones())
    this.built = true
  }
}
tf.serialization.registerClass(Forgetful)

/** A layer within layers is found as well. */
class Wrapped extends Unknown {
  static override className = 'Wrapped'
}

let recorded: RecordedRun
let warned: MockInstance

beforeAll(async () => {
  await tf.setBackend('cpu')
})
beforeEach(() => {
  recorded = createRecordedRun()
  warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
  warned.mockClear()
})

function modelWith(...layers: tf.layers.Layer[]): tf.Sequential {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] }), ...layers] })
  model.compile({ optimizer: 'adam', loss: 'meanSquaredError' })
  return model
}

/** Of two models in one that have layers of one name; it saves, and does not load. */
function modelOfTwins(): tf.Sequential {
  const [one, other] = Array.from({ length: 2 }, () =>
    tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2], name: 'twin' })] }),
  )
  return modelWith(...[one, other].flatMap((each) => each ?? []))
}

/** What is said on the run of three checkpoints, all of which are stored. */
async function saidOf(model: tf.LayersModel): Promise<readonly string[]> {
  const callback = checkpoints(recorded.run, model)
  for (let epoch = 0; epoch < 3; epoch += 1) await callback.onEpochEnd(epoch, { loss: epoch })
  expect(recorded.store.uploads).toHaveLength(3)
  return marks()
}

async function marks(): Promise<readonly string[]> {
  await recorded.run.flush()
  return recorded.store.changes.flatMap((change) =>
    change.type === 'addEvents' ? change.events.map(({ text }) => text) : [],
  )
}

describe('a checkpoint that could not be loaded', () => {
  it.each([
    ['two weights of one name', modelOfTwins, /two weights are named twin\/kernel/],
    ['a class that is not registered', () => modelWith(new Unknown({})), /registerClass\(Unknown\)/],
    [
      'one inside another layer',
      () =>
        modelWith(
          tf.layers.reshape({ targetShape: [2, 1] }),
          tf.layers.timeDistributed({ layer: new Wrapped({}) }),
        ),
      /registerClass\(Wrapped\)/,
    ],
    ['a layer that forgets what it was passed', () => modelWith(new Forgetful({ size: 4 })), /getConfig/],
  ])('is told at the first save, once, and stored: %s', async (_what, createModel, why) => {
    const said = await saidOf(createModel())
    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(why)
    expect(String(warned.mock.calls)).toMatch(why)
  })

  it('is told by ioHandler where its weights tell it', async () => {
    await modelOfTwins().save(ioHandler(recorded.run, 'model'))
    expect(await marks()).toEqual([expect.stringMatching(/^model is stored, but .*two weights/)])
  })

  it('is stored without an optimizer that cannot be written, and says so', async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] })
    model.compile({ optimizer: 'sgd', loss: [(truth, guess) => tf.losses.absoluteDifference(truth, guess)] })
    const said = await saidOf(model)
    expect(said).toEqual([expect.stringMatching(/^checkpoint is stored without the optimizer.*loss/)])
  })
})

describe('a checkpoint that can be loaded', () => {
  it('says nothing and leaves no tensor behind', async () => {
    const dense = modelWith(tf.layers.dropout({ rate: 0.5 }), tf.layers.batchNormalization())
    const input = tf.input({ shape: [4] })
    const shared = tf.layers.dense({ units: 4, kernelRegularizer: 'l1l2' })
    const output = tf.layers.add().apply([shared.apply(input) as tf.SymbolicTensor, input])
    const functional = tf.model({ inputs: input, outputs: output as tf.SymbolicTensor })
    const nested = modelWith(tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] }))
    for (const model of [dense, functional, nested]) {
      const before = tf.memory().numTensors
      await checkpoints(recorded.run, model).onEpochEnd(0, { loss: 1 })
      expect(tf.memory().numTensors).toBe(before)
    }
    expect(await marks()).toEqual([])
    expect(recorded.store.uploads).toHaveLength(3)
  })
})
