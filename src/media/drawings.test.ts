import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { MediaValue } from '../client/media-value.ts'
import { bars, heatmap, lines } from './drawings.ts'
import { embedding } from './embedding.ts'
import { histogram } from './histogram.ts'
import { open, opened } from './opened.fixture.ts'
import { pointCloud } from './point-cloud.ts'
import { scatter } from './scatter.ts'
import { html, markdown, text } from './text.ts'

beforeAll(() => tf.setBackend('cpu'))

async function laid(value: MediaValue) {
  const { kind, meta, data, dtype, shape } = await opened(value)
  return { kind, meta, numbers: Array.from(data), dtype, shape }
}

describe('a drawing lies as the contract says', () => {
  it('bars', async () => {
    const expected = { kind: 'bars', dtype: 'float64', numbers: [3, 5], shape: [2] }
    const labels = ['cat', 'dog']
    expect(await laid(bars({ cat: 3, dog: 5 }, { title: 'pets' }))).toEqual({
      ...expected,
      meta: { labels, title: 'pets' },
    })
    expect(await laid(bars([3, 5], labels, { yLabel: 'n' }))).toEqual({
      ...expected,
      meta: { labels, yLabel: 'n' },
    })
    expect((await laid(bars([3, 5], { xLabel: 'x' }))).meta).toEqual({ labels: ['0', '1'], xLabel: 'x' })
  })

  it('lines', async () => {
    const meta = { lines: [{ name: 'y', count: 3 }] }
    expect(await laid(lines([5, Number.NaN, 7]))).toEqual({
      kind: 'lines',
      dtype: 'float64',
      meta,
      numbers: [0, 1, 2, 5, Number.NaN, 7],
      shape: [6],
    })
    expect((await laid(lines({ x: [2, 4, 8], ys: [1, 2, 3] }))).numbers).toEqual([2, 4, 8, 1, 2, 3])
    expect(await laid(lines({ a: [1], b: [2, 3] }, { title: 't' }))).toMatchObject({
      meta: {
        title: 't',
        lines: [
          { name: 'a', count: 1 },
          { name: 'b', count: 2 },
        ],
      },
      numbers: [0, 1, 0, 1, 2, 3],
    })
    expect((await laid(lines({ x: [9], ys: { a: [1], b: [2] } }))).numbers).toEqual([9, 1, 9, 2])
    expect((await laid(lines({ x: [9], y: [1] }))).numbers).toEqual([9, 1])
    expect((await laid(lines({ a: { x: [9], y: [1] }, b: [2] }))).numbers).toEqual([9, 1, 0, 2])
  })

  it('points', async () => {
    const points = [
      [1, 2],
      [3, 4],
    ]
    expect(await laid(scatter(points))).toMatchObject({
      kind: 'scatter',
      shape: [2, 2],
      numbers: [1, 2, 3, 4],
    })
    expect((await laid(scatter([{ x: 1, y: 2 }]))).numbers).toEqual([1, 2])
    expect(await laid(scatter(points, { classes: ['b', 'a'] }))).toMatchObject({
      meta: { classes: ['b', 'a'] },
      shape: [2, 3],
      numbers: [1, 2, 0, 3, 4, 1],
    })
    expect(await laid(scatter({ a: [[1, 2]], b: [{ x: 3, y: 4 }] }))).toMatchObject({
      meta: { classes: ['a', 'b'] },
      numbers: [1, 2, 0, 3, 4, 1],
    })
    expect(await laid(scatter([]))).toMatchObject({ shape: [0, 2], numbers: [] })
  })

  it('a heat map', async () => {
    const options = { xLabels: ['a', 'b'], yLabels: [7], title: 't' }
    expect(await laid(heatmap([[1, 2]], options))).toEqual({
      kind: 'heat-map',
      dtype: 'float64',
      meta: { title: 't', xLabels: ['a', 'b'], yLabels: ['7'] },
      numbers: [1, 2],
      shape: [1, 2],
    })
  })

  it('vectors', async () => {
    expect(await laid(embedding([Float32Array.of(1, 2)], { labels: [3], names: ['three'] }))).toEqual({
      kind: 'embedding',
      dtype: 'float32',
      meta: { labels: ['3'], names: ['three'] },
      numbers: [1, 2],
      shape: [1, 2],
    })
  })

  it('points in space, with a label or a color each', async () => {
    const points = [
      [1, 2, 3],
      [4, 5, Number.NaN],
    ]
    const expected = { kind: 'point-cloud', dtype: 'float32', meta: {}, shape: [2, 3] }
    expect(await laid(pointCloud(points))).toEqual({ ...expected, numbers: [1, 2, 3, 4, 5, Number.NaN] })
    const flat = { data: Float32Array.of(1, 2, 3, 4, 5, Number.NaN), shape: [2, 3] }
    expect(await laid(pointCloud(flat))).toEqual(await laid(pointCloud(points)))
    expect(await laid(pointCloud(points, { labels: ['road', 7] }))).toEqual({
      ...expected,
      meta: { labels: ['road', '7'] },
      numbers: [1, 2, 3, 0, 4, 5, Number.NaN, 1],
      shape: [2, 4],
    })
    const colors = Uint8Array.of(255, 0, 1, 2, 3, 4)
    const colored = pointCloud(flat, { colors: { data: colors, shape: [2, 3] } })
    colors.fill(9)
    expect(await laid(colored)).toEqual({
      ...expected,
      numbers: [1, 2, 3, 255, 0, 1, 4, 5, Number.NaN, 2, 3, 4],
      shape: [2, 6],
    })
  })

  it('texts', async () => {
    const bytes = [...new TextEncoder().encode('# ä')]
    expect(await laid(text('# ä'))).toMatchObject({ kind: 'text', meta: { format: 'plain' }, numbers: bytes })
    expect(await laid(markdown('# ä'))).toMatchObject({ meta: { format: 'markdown' }, numbers: bytes })
    expect(await laid(html('# ä', { title: 't' }))).toMatchObject({ kind: 'html', meta: { title: 't' } })
    expect(await open(text(3 as unknown as string))).toBe('no text but number 3')
  })
})

describe('tensors', () => {
  it('are read through clones, inside a tidy and after a dispose too', async () => {
    const before = tf.memory().numTensors
    const values: MediaValue[] = []
    tf.tidy(() => {
      const matrix = tf.tensor2d([
        [1, 2],
        [3, 4],
      ])
      const cube = tf.tensor2d([[1, 2, 3]])
      values.push(heatmap(matrix), embedding(matrix), scatter(matrix), lines(matrix.flatten()))
      values.push(pointCloud(cube, { colors: cube }))
    })
    const vector = tf.tensor1d([1, 2])
    values.push(histogram(vector, { bins: 1 }))
    vector.dispose()
    expect((await Promise.all(values.map(laid))).map(({ numbers }) => numbers)).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
      [1, 2, 3, 4],
      [0, 1, 2, 3, 1, 2, 3, 4],
      [1, 2, 3, 1, 2, 3],
      [1, 2, 2],
    ])
    expect(tf.memory().numTensors).toBe(before)
  })

  it('that cannot be read are refused in words', async () => {
    const gone = tf.tensor1d([1])
    gone.dispose()
    expect(await open(histogram(gone))).toBe('unreadable: Tensor is disposed.')
    const wrong = { shape: [2], dtype: 'float32', data: () => Promise.reject(new Error('lost context')) }
    expect(await open(histogram(wrong))).toBe('unreadable: lost context')
  })
})

describe('what cannot be drawn is refused in words', () => {
  it.each([
    [bars([1, 2], ['a']), '1 labels for 2 bars'],
    [bars([[1, 2]]), 'bars: shape [1, 2], not one number a bar'],
    [lines({ x: [1], ys: { a: [1, 2] } }), 'line a: 2 y for 1 x'],
    [lines({ a: { x: [1], y: [1, 2] } }), 'line a: 2 y for 1 x'],
    [lines({ a: 'no' as unknown as number[] }), 'a: no numbers but string "no"'],
    [scatter([[1, 2, 3]]), expect.stringContaining('points: shape [1, 3], not pairs of x and y')],
    [scatter([[1, 2]], { classes: ['a', 'b'] }), '2 classes for 1 points'],
    [heatmap([1, 2]), 'cells: shape [2], not rows of numbers'],
    [heatmap([[1, 2], [3]]), 'cells: row 1 has 1 values, the first 2'],
    [heatmap([[1, 2]], { xLabels: ['a'] }), '1 labels for 2 columns'],
    [pointCloud([[1, 2]]), 'points: shape [1, 2], not [n, 3]'],
    [pointCloud([]), 'points: shape [0], not [n, 3]'],
    [pointCloud([[1, 2, 3]], { labels: [] }), '0 labels for 1 points'],
    [pointCloud([[1, 2, 3]], { colors: [[1, 2]] }), 'colors: shape [1, 2], not [n, 3]'],
    [pointCloud([[1, 2, 3]], { colors: [] }), 'colors: shape [0], not [n, 3]'],
    [
      pointCloud([[1, 2, 3]], {
        colors: [
          [1, 2, 3],
          [4, 5, 6],
        ],
      }),
      '2 colors for 1 points',
    ],
    [pointCloud([[1, 2, 3]], { colors: [[0, 256, 0]] }), 'colors: 256 is no whole number from 0 to 255'],
    [pointCloud([[1, 2, 3]], { colors: [[0, 0.5, 0]] }), 'colors: 0.5 is no whole number from 0 to 255'],
    [
      pointCloud([[1, 2, 3]], { colors: [[0, 0, 0]], labels: ['a'] }),
      'points have colors or labels, not both',
    ],
    [embedding([[1], [2]], { names: ['a'] }), '1 labels for 2 vectors'],
    [embedding([]), 'vectors: shape [0], not [n, d]'],
  ])('%#', async (value, words) => {
    expect(await open(value)).toEqual(words)
  })

  it('a list that holds itself', async () => {
    const cyclic: unknown[] = []
    cyclic.push(cyclic)
    expect(await open(heatmap(cyclic as number[][]))).toBe('cells are nested too deep')
  })

  it('names that are longer than what is kept', async () => {
    const label = 'x'.repeat(2 ** 23)
    expect(await open(bars([1], [label]))).toBe('names and labels of 9 MB are too long')
  })
})
