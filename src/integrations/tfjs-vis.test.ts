import * as tf from '@tensorflow/tfjs'
import * as tfvisMath from '@tensorflow/tfjs-vis/dist/util/math.js'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FakeStore } from '../client/store.fixture.ts'
import type { Run } from '../client/run.ts'
import { createRecordedRun, numbersOf, type RecordedRun, type StoredMedia } from './recorded-run.fixture.ts'
import { tfjsVis, type TfjsVis } from './tfjs.ts'

let recorded: RecordedRun
let run: Run
let store: FakeStore
let tfvis: TfjsVis

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  await tf.setBackend('cpu')
})

beforeEach(() => {
  recorded = createRecordedRun()
  run = recorded.run
  store = recorded.store
  tfvis = tfjsVis(run)
})

/** The cells of a table, column by column. */
function cellsOf({ bytes, meta }: StoredMedia): unknown {
  const { jsonBytes } = meta as { jsonBytes: number }
  return JSON.parse(new TextDecoder().decode(bytes.subarray(0, jsonBytes)))
}

function columnsOf({ meta }: StoredMedia): string[] {
  return (meta as { columns: { name: string }[] }).columns.map(({ name }) => name)
}

function createModel() {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 2, activation: 'relu', inputShape: [3], name: 'first' }),
      tf.layers.dense({ units: 1, name: 'second', trainable: false }),
    ],
  })
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics: ['accuracy'] })
  return model
}

describe('render', () => {
  it('stores what tfjs-vis draws, under the name of its surface', async () => {
    const points = [
      { x: 5, y: 1 },
      { x: 7, y: 2 },
    ]
    await tfvis.render.linechart(
      { name: 'line', tab: 'Charts' },
      { values: points, series: ['a'] },
      { xLabel: 'n' },
    )
    await tfvis.render.linechart('lines', { values: [points, [{ x: 1, y: 9 }]] })
    await tfvis.render.scatterplot({ name: 'dots' }, { values: [points], series: ['a'] }, { step: 40 })
    await tfvis.render.barchart({ id: 'element' }, [
      { index: 'a', value: 3 },
      { index: 1, value: 4 },
    ])
    await tfvis.render.histogram('values', [{ value: 1 }, { value: 2 }], { maxBins: 1 })
    await tfvis.render.table('table', {
      headers: ['n', 'word'],
      values: [
        [1, 'a'],
        [2, 'b'],
      ],
    })
    await tfvis.render.confusionMatrix('matrix', {
      values: [
        [1, 2],
        [3, 4],
      ],
      tickLabels: ['no', 'yes'],
    })
    const found = await recorded.stored()
    const kinds = Object.entries(found).map(([key, { kind, steps }]) => [key, kind, ...steps])
    expect(kinds).toEqual([
      ['Charts/line', 'lines', 0],
      ['lines', 'lines', 1],
      ['dots', 'scatter', 40],
      ['element', 'bars', 41],
      ['values', 'histogram', 42],
      ['table', 'table', 43],
      ['matrix', 'confusion-matrix', 44],
    ])
    const {
      'Charts/line': line,
      lines,
      dots,
      element,
      values,
      table,
      matrix,
    } = found as Record<string, StoredMedia>
    expect([line?.meta, line && numbersOf(line)]).toEqual([
      { xLabel: 'n', lines: [{ name: 'a', count: 2 }] },
      [5, 7, 1, 2],
    ])
    expect(lines?.meta).toEqual({
      lines: [
        { name: 'Series 1', count: 2 },
        { name: 'Series 2', count: 1 },
      ],
    })
    expect(dots && numbersOf(dots)).toEqual([5, 1, 0, 7, 2, 0])
    expect(element?.meta).toEqual({ labels: ['a', '1'] })
    expect(values && numbersOf(values)).toEqual([1, 2, 2])
    expect(table && [columnsOf(table), cellsOf(table)]).toEqual([
      ['n', 'word'],
      [
        [1, 2],
        ['a', 'b'],
      ],
    ])
    expect([matrix?.meta, matrix && numbersOf(matrix)]).toEqual([{ labels: ['no', 'yes'] }, [1, 2, 3, 4]])
  })

  it('takes the cells of a heat map by column, or by row when told', async () => {
    const values = [
      [1, 2, 3],
      [4, 5, 6],
    ]
    const labels = { xTickLabels: ['x0', 'x1'], yTickLabels: ['y0', 'y1', 'y2'] }
    const before = tf.memory().numTensors
    const tensor = tf.tensor2d(values)
    await tfvis.render.heatmap('columns', { values, ...labels })
    await tfvis.render.heatmap('tensor', { values: tensor, ...labels })
    tensor.dispose()
    await tfvis.render.heatmap('rows', { values }, { rowMajor: true })
    const { columns, tensor: read, rows } = await recorded.stored()
    for (const one of [columns, read]) {
      expect(one && numbersOf(one)).toEqual([1, 4, 2, 5, 3, 6])
      expect(one?.meta).toEqual({ xLabels: ['x0', 'x1'], yLabels: ['y0', 'y1', 'y2'] })
    }
    expect(rows && numbersOf(rows)).toEqual([1, 2, 3, 4, 5, 6])
    expect(tf.memory().numTensors).toBe(before)
  })

  it('refuses in words what tfjs-vis would throw at', async () => {
    await tfvis.render.linechart('a', null as never)
    await tfvis.render.heatmap('b', { values: [[1], [2]], xTickLabels: ['one'] })
    await tfvis.render.table('c', { headers: ['n'], values: [[1, 2]] })
    expect(await recorded.stored()).toEqual({})
    expect(run.refusedCount).toBe(3)
  })
})

describe('show', () => {
  it('draws a history with each metric beside its validation', async () => {
    const model = createModel()
    const history = await model.fit(tf.ones([10, 3]), tf.ones([10, 1]), { epochs: 2, validationSplit: 0.5 })
    await tfvis.show.history('history', history, ['loss', 'val_loss', 'acc'])
    await tfvis.show.history('logs', [{ loss: 2 }, { loss: 1 }], ['loss'])
    const found = await recorded.stored()
    expect(Object.keys(found)).toEqual(['history/loss', 'history/acc', 'logs/loss'])
    const both = found['history/loss']
    expect(both?.meta).toMatchObject({
      lines: [
        { name: 'loss', count: 2 },
        { name: 'val_loss', count: 2 },
      ],
    })
    const expected = [0, 1, ...(history.history['loss'] ?? []), 0, 1, ...(history.history['val_loss'] ?? [])]
    expect(both && numbersOf(both)).toEqual(expected)
  })

  it('logs the metrics of a fit that are wanted', async () => {
    const model = createModel()
    const callbacks = tfvis.show.fitCallbacks({ name: 'fit' }, ['loss'], { callbacks: ['onEpochEnd'] })
    await model.fit(tf.ones([8, 3]), tf.ones([8, 1]), { epochs: 2, batchSize: 4, verbose: 0, callbacks })
    await run.flush()
    const sections = store.batches.flatMap(({ points }) => points.sections.map(({ key }) => key))
    expect([...new Set(sections)].toSorted()).toEqual(['epoch', 'loss'])
    expect(store.points(run.id, 'loss').map(([step]) => step)).toEqual([2, 4])
  })

  it('tells the layers of a model', async () => {
    await tfvis.show.modelSummary({ name: 'summary' }, createModel())
    const { summary } = await recorded.stored()
    expect(summary && cellsOf(summary)).toEqual([
      ['first', 'second'],
      ['Dense', 'Dense'],
      ['[batch,2]', '[batch,1]'],
      [8, 3],
      [true, false],
    ])
  })

  it('tells the weights of a layer, with a histogram of each', async () => {
    const model = createModel()
    const kernel = tf.tensor2d([
      [0, 1],
      [-2, Number.NaN],
      [Infinity, 4],
    ])
    const [first] = model.layers
    if (first === undefined) throw new Error('no layer')
    first.setWeights([kernel, tf.zeros([2])])
    const before = tf.memory().numTensors
    await tfvis.show.layer({ name: 'layer' }, first)
    const found = await recorded.stored()
    expect(tf.memory().numTensors).toBe(before)
    expect(Object.entries(found).map(([key, { kind }]) => [key, kind])).toEqual([
      ['layer', 'table'],
      ['layer/first/kernel', 'histogram'],
      ['layer/first/bias', 'histogram'],
    ])
    const { layer } = found
    expect(layer && cellsOf(layer)).toEqual([
      ['first/kernel', 'first/bias'],
      ['[3,2]', '[2]'],
      [-2, 0],
      ['Infinity', 0],
      [6, 2],
      [1, 2],
      [1, 0],
      [1, 0],
    ])
    expect(found['layer/first/kernel']?.meta).toMatchObject({
      count: 6,
      nanCount: 1,
      posInfCount: 1,
      zeroCount: 1,
    })
  })

  it('tells accuracies and values', async () => {
    const labels = tf.tensor1d([0, 0, 1], 'int32')
    const predictions = tf.tensor1d([0, 1, 1], 'int32')
    await tfvis.show.perClassAccuracy('classes', await tfvis.metrics.perClassAccuracy(labels, predictions), [
      'a',
      'b',
    ])
    await tfvis.show.valuesDistribution('values', predictions)
    const { classes, values } = await recorded.stored()
    expect(classes && cellsOf(classes)).toEqual([
      ['a', 'b'],
      [0.5, 1],
      [2, 1],
    ])
    expect(values?.meta).toMatchObject({ count: 3, min: 0, max: 1 })
  })
})

describe('metrics', () => {
  it('answer what tfjs-vis answers', async () => {
    const before = tf.memory().numTensors
    for (let seed = 0; seed < 20; seed += 1) {
      const [labels, predictions] = [0, 1].map((part) =>
        tf.randomUniform([17], 0, 4, 'int32', 2 * seed + part),
      )
      const weights = tf.randomUniform([17], 0, 1, 'float32', seed)
      if (labels === undefined || predictions === undefined) throw new Error('no tensors')
      const [ours, theirs] = [tfvis.metrics, tfvisMath].map(async (metrics) => [
        await metrics.perClassAccuracy(labels as tf.Tensor1D, predictions as tf.Tensor1D),
        await metrics.perClassAccuracy(labels as tf.Tensor1D, predictions as tf.Tensor1D, 6),
        await metrics.confusionMatrix(labels as tf.Tensor1D, predictions as tf.Tensor1D),
        await metrics.confusionMatrix(
          labels as tf.Tensor1D,
          predictions as tf.Tensor1D,
          5,
          weights as tf.Tensor1D,
        ),
      ])
      expect(await ours).toEqual(await theirs)
      // Theirs is of 32 bits.
      expect(await tfvis.metrics.accuracy(labels, predictions)).toBeCloseTo(
        await tfvisMath.accuracy(labels, predictions),
        6,
      )
      tf.dispose([labels, predictions, weights])
    }
    // tfjs-vis itself leaves casts behind.
    const leaked = tf.memory().numTensors - before
    const [labels, predictions] = [tf.tensor1d([0, 1], 'int32'), tf.tensor1d([1, 1], 'int32')]
    await tfvis.metrics.confusionMatrix(labels, predictions)
    await tfvis.metrics.perClassAccuracy(labels, predictions)
    await tfvis.metrics.accuracy(labels, predictions)
    expect(tf.memory().numTensors).toBe(before + leaked + 2)
  })

  it('reject where tfjs-vis does', async () => {
    const [two, three, matrix] = [tf.tensor1d([0, 1]), tf.tensor1d([0, 1, 2]), tf.tensor2d([[0, 1]])]
    for (const metrics of [tfvis.metrics, tfvisMath]) {
      await expect(metrics.accuracy(two, three)).rejects.toThrow(/labels|shapes/i)
      await expect(metrics.perClassAccuracy(two, three)).rejects.toThrow(/labels|shapes/i)
      await expect(metrics.confusionMatrix(matrix as never, matrix as never)).rejects.toThrow(
        /labels|shapes/i,
      )
    }
  })
})
