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

  it.each([
    [confusionMatrix([0, 1], [0]), '2 actual, 1 predicted'],
    [confusionMatrix([0, 2], [0, 1], { labels: ['a', 'b'] }), 'class 2 of 2'],
    [confusionMatrix([0, -1], [0, 1]), 'actual: entry 1 is -1, no class'],
    [confusionMatrix([0, 1e9], [0, 1]), 'actual: entry 1 is 1000000000, no class'],
    [confusionMatrix([0, Number.NaN], [0, 1]), 'actual: entry 1 is NaN, no class'],
    [
      confusionMatrix(['a', 'x'], ['a', 'b'], { labels: ['a', 'b'] }),
      'actual: string "x" is not among the labels',
    ],
    [confusionMatrix({ matrix: [[1, 2]] }), 'matrix: 1 × 2, not square'],
    [confusionMatrix({ matrix: [[1]], labels: ['a', 'b'] }), '2 labels for 1 classes'],
  ])('refuses %# in words', async (value, words) => {
    expect(await open(value)).toBe(words)
  })
})
