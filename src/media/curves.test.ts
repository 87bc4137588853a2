import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LinesMeta } from '../model/media-content/lines-content.ts'
import type { MediaValue } from '../client/media-value.ts'
import { calibration } from './calibration.ts'
import { prCurve, rocCurve } from './curves.ts'
import { open, opened } from './opened.fixture.ts'
import { MAX_CURVE_POINTS } from './ranking.ts'

async function read(value: MediaValue) {
  const { kind, meta, data, dtype } = await opened(value)
  expect(dtype).toBe('float64')
  const { lines, scores = [], ...captions } = meta as LinesMeta
  const numbers = Array.from(data)
  let offset = 0
  const drawn = lines.map(({ name, count }, line) => {
    const x = numbers.slice(offset, offset + count)
    const y = numbers.slice(offset + count, offset + 2 * count)
    offset += 2 * count
    return { name, x, y, score: scores[line] ?? Number.NaN }
  })
  expect(offset).toBe(numbers.length)
  return { kind, lines: drawn, captions }
}

async function only(value: MediaValue) {
  const { lines } = await read(value)
  expect(lines).toHaveLength(1)
  return lines[0] ?? { name: '', x: [], y: [], score: Number.NaN }
}

/** Examples of both classes, with many ties. */
const examples = fc
  .array(fc.tuple(fc.constantFrom(0, 1), fc.integer({ min: 0, max: 6 })), { minLength: 2, maxLength: 40 })
  .filter((all) => new Set(all.map(([actual]) => actual)).size === 2)
  .map((all) => ({ actual: all.map(([actual]) => actual), scores: all.map(([, score]) => score / 6) }))

/** The chance that a positive scores above a negative, by comparing all pairs (Mann–Whitney). */
function pairwiseArea(actual: readonly number[], scores: readonly number[]): number {
  let [won, pairs] = [0, 0]
  for (const [i, one] of actual.entries()) {
    for (const [j, other] of actual.entries()) {
      if (one !== 1 || other !== 0) continue
      pairs += 1
      const difference = (scores[i] ?? 0) - (scores[j] ?? 0)
      won += difference > 0 ? 1 : difference === 0 ? 0.5 : 0
    }
  }
  return won / pairs
}

/** What each threshold finds, by counting anew for each, highest first. */
function perThreshold(actual: readonly number[], scores: readonly number[]) {
  const positives = actual.filter((one) => one === 1).length
  return [...new Set(scores)]
    .toSorted((a, b) => b - a)
    .map((threshold) => {
      const found = actual.filter((_, example) => (scores[example] ?? 0) >= threshold)
      const right = found.filter((one) => one === 1).length
      return {
        recall: right / positives,
        precision: right / found.length,
        falseRate: (found.length - right) / (actual.length - positives),
      }
    })
}

describe('rocCurve', () => {
  it('has the area of all pairs compared, and a point for each threshold', async () => {
    await fc.assert(
      fc.asyncProperty(examples, async ({ actual, scores }) => {
        const { x, y, score, name } = await only(rocCurve(actual, scores))
        expect(score).toBeCloseTo(pairwiseArea(actual, scores), 10)
        const expected = perThreshold(actual, scores)
        expect(x).toEqual([0, ...expected.map(({ falseRate }) => falseRate)])
        expect(y).toEqual([0, ...expected.map(({ recall }) => recall)])
        expect(name).toBe('1')
      }),
    )
  })

  it('draws a line for each class that occurs where scores are rows', async () => {
    const actual = ['cat', 'dog', 'cat', 'dog']
    const scores = [
      [0.9, 0.1, 0],
      [0.2, 0.7, 0.1],
      [0.4, 0.5, 0.1],
      [0.5, 0.4, 0.1],
    ]
    const { kind, lines, captions } = await read(
      rocCurve(actual, scores, { labels: ['cat', 'dog', 'fox'], title: 'pets' }),
    )
    expect([kind, captions]).toEqual(['roc', { title: 'pets' }])
    expect(lines.map(({ name, score }) => [name, score])).toEqual([
      ['cat', 0.75],
      ['dog', 0.75],
    ])
  })

  it('takes booleans, and scores without bounds', async () => {
    const { score } = await only(rocCurve([true, false, true], [Infinity, -Infinity, 3]))
    expect(score).toBe(1)
  })

  it('thins a long line along itself and keeps its area', async () => {
    const count = 20_000
    const actual = Array.from({ length: count }, (_, index) => (index * 7_919) % 3 === 0)
    const scores = Array.from({ length: count }, (_, index) => Math.sin(index * 12.9898) * 43_758.5453)
    const { x, y, score } = await only(rocCurve(actual, scores))
    expect(x).toHaveLength(MAX_CURVE_POINTS)
    expect([x[0], y[0], x.at(-1), y.at(-1)]).toEqual([0, 0, 1, 1])
    let area = 0
    for (let at = 1; at < x.length; at += 1) {
      area += (((x[at] ?? 0) - (x[at - 1] ?? 0)) * ((y[at] ?? 0) + (y[at - 1] ?? 0))) / 2
    }
    // That of all points, which the thinned line comes close to.
    expect(score).not.toBe(area)
    expect(Math.abs(score - area)).toBeLessThan(1e-3)
  })

  it.each([
    [[1, 1], [0.1, 0.2], 'all examples are of one class: there is nothing to tell apart'],
    [[0, 1], [0.1, Number.NaN], 'scores: one of example 1 is NaN'],
    [[0, 1], [0.1], '2 actual, 1 scores'],
    [[0, 2], [0.1, 0.2], 'class 2 has no scores: there are 2 classes'],
    [[0, 0.5], [0.1, 0.2], 'actual: entry 1 is 0.5, no class'],
    [[0, 1], 'high', 'scores: no numbers but string "high"'],
    [['a', 'b'], [[1], [2, 3]], 'scores: row 1 has 2 values, the first 1'],
    [[], [], 'all examples are of one class: there is nothing to tell apart'],
  ])('refuses %# in words', async (actual, scores, words) => {
    expect(await open(rocCurve(actual, scores as number[]))).toBe(words)
  })
})

describe('prCurve', () => {
  it('has the average precision of its steps, and a point for each threshold', async () => {
    await fc.assert(
      fc.asyncProperty(examples, async ({ actual, scores }) => {
        const { x, y, score } = await only(prCurve(actual, scores))
        const expected = perThreshold(actual, scores)
        expect(x).toEqual([0, ...expected.map(({ recall }) => recall)])
        expect(y).toEqual([1, ...expected.map(({ precision }) => precision)])
        const average = expected.reduce(
          (sum, { recall, precision }, at) => sum + (recall - (expected[at - 1]?.recall ?? 0)) * precision,
          0,
        )
        expect(score).toBeCloseTo(average, 10)
      }),
    )
  })
})

describe('calibration', () => {
  it('compares what was foretold with what came, bin by bin', async () => {
    const { kind, lines } = await read(calibration([0, 1, 1, 1, 0], [0.1, 0.15, 0.9, 1, 0.8], { bins: 5 }))
    expect(kind).toBe('calibration')
    expect(lines[0]?.x[0]).toBeCloseTo(0.125)
    expect(lines[0]?.x[1]).toBeCloseTo(0.9)
    expect(lines[0]?.y).toEqual([0.5, 2 / 3])
    // By hand: 2/5 · |0.5 − 0.125| + 3/5 · |2/3 − 0.9|.
    expect(lines[0]?.score).toBeCloseTo(0.4 * 0.375 + 0.6 * (0.9 - 2 / 3), 10)
  })

  it('judges the most likely class where probabilities are rows', async () => {
    const rows = [
      [0.8, 0.2],
      [0.4, 0.6],
    ]
    const { x, y } = await only(calibration([0, 0], rows, { bins: 10 }))
    expect([x, y]).toEqual([
      [0.6, 0.8],
      [0, 1],
    ])
  })

  it.each([
    [[0, 1], [0.5, 1.2], {}, 'probabilities: 1.2 is not 0 … 1'],
    [[], [], {}, 'no examples'],
    [[0], [0.5], { bins: 0 }, 'bins: 0 is not 1 … 1,000'],
  ])('refuses %# in words', async (actual, probabilities, options, words) => {
    expect(await open(calibration(actual, probabilities, options))).toBe(words)
  })
})
