import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HistogramMeta } from '../model/media-content/histogram-content.ts'
import { histogram } from './histogram.ts'
import { open, opened } from './opened.fixture.ts'

async function counted(values: Parameters<typeof histogram>[0], bins = 4) {
  const { kind, meta, data, dtype, shape } = await opened(histogram(values, { bins }))
  expect(kind).toBe('histogram')
  expect(dtype).toBe('float64')
  expect(shape).toEqual([data.length])
  const count = (data.length - 1) / 2
  const numbers = Array.from(data)
  return {
    edges: numbers.slice(0, count + 1),
    counts: numbers.slice(count + 1),
    meta: meta as HistogramMeta,
  }
}

describe('histogram', () => {
  it('counts values in bins of equal width, the greatest in the last', async () => {
    const { edges, counts, meta } = await counted([0, 1, 1, 2, 3, 4])
    expect(edges).toEqual([0, 1, 2, 3, 4])
    expect(counts).toEqual([1, 2, 1, 2])
    expect(meta).toMatchObject({ count: 6, zeroCount: 1, min: 0, max: 4, mean: 11 / 6 })
  })

  it('counts every finite value once, where its edges say', async () => {
    const value = fc.oneof(
      fc.double(),
      fc.integer({ min: -9, max: 9 }),
      fc.constantFrom(0, -0, 1e-310, 1e308, -1e308),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(value), fc.integer({ min: 1, max: 40 }), async (values, bins) => {
        const answer = await open(histogram(values, { bins }))
        // Values so close that no numbers fit between them are refused.
        fc.pre(typeof answer !== 'string' || !answer.includes('closer than numbers can be'))
        const { edges, counts, meta } = await counted(values, bins)
        const finite = values.filter(Number.isFinite)
        for (const [bin, count] of counts.entries()) {
          const [from = 0, to = 0] = edges.slice(bin, bin + 2)
          const isLast = bin === bins - 1
          expect(count).toBe(
            finite.filter((one) => one >= from && (one < to || (isLast && one === to))).length,
          )
        }
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(finite.length)
        expect(meta.count).toBe(values.length)
        expect(meta.nanCount + meta.posInfCount + meta.negInfCount).toBe(values.length - finite.length)
        // JSON has no -0.
        const [min, max] = [Math.min(...finite) + 0, Math.max(...finite) + 0]
        expect([meta.min, meta.max]).toEqual(finite.length > 0 ? [min, max] : [undefined, undefined])
      }),
    )
  })

  it('keeps what is not finite out of the bins and counts it', async () => {
    const { counts, meta } = await counted(Float32Array.of(Number.NaN, Infinity, -Infinity, 0, 1))
    expect(counts).toEqual([1, 0, 0, 1])
    expect(meta).toMatchObject({ count: 5, nanCount: 1, posInfCount: 1, negInfCount: 1, zeroCount: 1 })
  })

  it('shows equal values, and none', async () => {
    expect((await counted([5, 5, 5])).counts.reduce((sum, count) => sum + count)).toBe(3)
    const { edges, counts, meta } = await counted([])
    expect([edges, counts]).toEqual([
      [0, 0.25, 0.5, 0.75, 1],
      [0, 0, 0, 0],
    ])
    expect(meta).not.toHaveProperty('min')
  })

  it('takes counts that were made elsewhere', async () => {
    const { edges, counts, meta } = await counted({ counts: [3, 4], edges: [0, 1, 3] })
    expect([edges, counts, meta.count]).toEqual([[0, 1, 3], [3, 4], 7])
  })

  it.each([
    [{ counts: [1, 2], edges: [0, 2, 1] }, 'edges that do not rise'],
    [{ counts: [1, 2], edges: [0, Number.NaN, 1] }, 'edges that do not rise'],
    [{ counts: [1, 2], edges: [0, 1] }, '2 edges for 2 bins'],
    [{ counts: [1, -2], edges: [0, 1, 2] }, 'a count of -2'],
    [{ counts: [], edges: [0] }, 'bins: 0 is not 1 … 65,536'],
    ['weights', 'values: no numbers but string "weights"'],
    [[1, 'two'], 'values: entry 1 is string "two"'],
    [undefined, 'values: no numbers but undefined'],
  ])('refuses %j in words', async (values, words) => {
    expect(await open(histogram(values as number[]))).toBe(words)
  })

  it('refuses a number of bins that makes no sense', async () => {
    expect(await open(histogram([1], { bins: 0 }))).toBe('bins: 0 is not 1 … 65,536')
    expect(await open(histogram([1], { bins: Number.NaN }))).toBe('bins: NaN is not 1 … 65,536')
  })

  it('takes the values as they are when it is called', async () => {
    const values = [1, 2]
    const value = histogram(values, { bins: 1 })
    values.length = 0
    expect((await opened(value)).data).toEqual(Float64Array.of(1, 2, 2))
  })
})
