import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { confusionMatrix } from './confusion-matrix.ts'
import { open, opened } from './opened.fixture.ts'

describe('confusionMatrix', () => {
  it('counts each pair in the row of its actual class', async () => {
    const pairs = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1 })
    await fc.assert(
      fc.asyncProperty(pairs, async (pairs) => {
        const actual = pairs.map(([one]) => one)
        const predicted = pairs.map(([, other]) => other)
        const { kind, data, shape } = await opened(confusionMatrix(actual, Int32Array.from(predicted)))
        const k = Math.max(...actual, ...predicted) + 1
        expect([kind, shape]).toEqual(['confusion-matrix', [k, k]])
        const expected = Array.from({ length: k * k }, (_, cell) => {
          const [row, column] = [Math.floor(cell / k), cell % k]
          return pairs.filter(([one, other]) => one === row && other === column).length
        })
        expect([...(data as Float64Array)]).toEqual(expected)
      }),
    )
  })

  it('takes names, booleans, and rows of scores', async () => {
    const named = await opened(confusionMatrix(['b', 'a', 'b'], ['b', 'b', 'a'], { title: 'test' }))
    expect([named.meta, [...(named.data as Float64Array)]]).toEqual([
      { labels: ['a', 'b'], title: 'test' },
      [0, 1, 1, 1],
    ])
    const scored = await opened(
      confusionMatrix(
        [true, false],
        [
          [0.1, 0.9],
          [0.4, 0.6],
        ],
      ),
    )
    expect([scored.meta, [...(scored.data as Float64Array)]]).toEqual([{ labels: ['0', '1'] }, [0, 1, 0, 1]])
  })

  it('takes counts that were made elsewhere', async () => {
    const matrix = [
      [3, 1],
      [0, 2],
    ]
    const { meta, data } = await opened(confusionMatrix({ matrix, labels: ['no', 'yes'] }))
    expect([meta, [...(data as Float64Array)]]).toEqual([{ labels: ['no', 'yes'] }, [3, 1, 0, 2]])
  })

  const named = { labels: ['a', 'b'] }
  it.each([
    ['a number below the classes', confusionMatrix([0, 1, -1], [0, 1, 1]), ['0', '1', 'other']],
    ['what stands in for none', confusionMatrix([0, 1, 255], [0, 1, 1]), ['0', '1', 'other']],
    ['a number beyond all bounds', confusionMatrix([0, 1, 1e9], [0, 1, 1]), ['0', '1', 'other']],
    ['NaN', confusionMatrix([0, 1, Number.NaN], [0, 1, 1]), ['0', '1', 'other']],
    ['a number beyond the labels', confusionMatrix([0, 1, 2], [0, 1, 1], named), ['a', 'b', 'other']],
    [
      'a name that is no label',
      confusionMatrix(['a', 'b', 'x'], ['a', 'b', 'b'], named),
      ['a', 'b', 'other'],
    ],
    ['no name', confusionMatrix(['a', 'b', null] as never, ['a', 'b', 'b']), ['a', 'b', 'other']],
    [
      'a row of NaN',
      confusionMatrix(
        [
          [1, 0],
          [0, 1],
          [Number.NaN, Number.NaN],
        ],
        [0, 1, 1],
      ),
      ['0', '1', 'other'],
    ],
  ])('counts %s as other', async (_, value, labels) => {
    const { meta, data, shape } = await opened(value)
    expect(meta).toEqual({ labels, other: 1 })
    expect([shape, [...(data as Float64Array)]]).toEqual([
      [3, 3],
      [1, 0, 0, 0, 1, 0, 0, 1, 0],
    ])
  })

  it('keeps 255 as a class among as many', async () => {
    const { shape, meta } = await opened(confusionMatrix([0, 255, 1], [0, 130, 1]))
    expect([shape, meta]).toMatchObject([[256, 256], {}])
    expect(meta).not.toHaveProperty('other')
  })

  it.each([
    [confusionMatrix([0, 1], [0]), '2 actual, 1 predicted'],
    [confusionMatrix([], []), 'no examples'],
    [confusionMatrix([0, 1], [0.2, 0.7]), 'predicted: 0.2 is no class but a score: pass score > 0.5'],
    [confusionMatrix({ matrix: [[1, 2]] }), 'matrix: 1 × 2, not square'],
    [confusionMatrix({ matrix: [[1]], labels: ['a', 'b'] }), '2 labels for 1 classes'],
  ])('refuses %# in words', async (value, words) => {
    expect(await open(value)).toBe(words)
  })
})
