import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { etaSquared, pearson, ranks, spearman } from './correlation.ts'

/** Small numbers, so that there are ties, and holes. */
const anyColumn = fc.array(
  fc.oneof(
    fc.integer({ min: -5, max: 5 }),
    fc.integer({ min: -1e6, max: 1e6 }).map((each) => each / 1e3),
    fc.constant(Number.NaN),
  ),
  { minLength: 0, maxLength: 40 },
)
const anyPair = fc
  .tuple(anyColumn, anyColumn)
  .map(([a, b]) => [a.slice(0, b.length), b.slice(0, a.length)] as const)

/** The rank of each value, by counting. */
function naiveRanks(values: readonly number[]): readonly number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length
    const same = values.filter((other) => other === value).length
    return below + (same + 1) / 2
  })
}

/** By the covariances of all pairs of rows: no mean is needed. */
function naivePearson(x: readonly number[], y: readonly number[]): number {
  const pairs = x.flatMap((_, i) => x.map((_, j) => [i, j] as const))
  const sum = (product: (i: number, j: number) => number): number =>
    pairs.reduce((total, [i, j]) => total + product(i, j), 0)
  const d = difference
  const both = sum((i, j) => d(x, i, j) * d(y, i, j))
  return both / Math.sqrt(sum((i, j) => d(x, i, j) ** 2) * sum((i, j) => d(y, i, j) ** 2))
}

function rowsOfBoth(a: readonly number[], b: readonly number[]): readonly (readonly number[])[] {
  const rows = a.map((_, row) => row).filter((row) => !Number.isNaN(a[row]) && !Number.isNaN(b[row]))
  return [rows.map((row) => a[row] ?? 0), rows.map((row) => b[row] ?? 0)]
}

/** Both nothing, or nearly the same. */
function isClose(found: number, wanted: number): boolean {
  return Number.isNaN(wanted) ? Number.isNaN(found) : Math.abs(found - wanted) < 1e-6
}

function difference(of: readonly number[], i: number, j: number): number {
  return (of[i] ?? 0) - (of[j] ?? 0)
}

function squares(of: readonly number[]): number {
  const mean = of.reduce((sum, each) => sum + each, 0) / of.length
  return of.reduce((sum, each) => sum + (each - mean) ** 2, 0)
}

describe('a correlation', () => {
  it('is Pearson’s of the rows that have both', () => {
    fc.assert(
      fc.property(anyPair, ([a, b]) => {
        const [x = [], y = []] = rowsOfBoth(a, b)
        const { value, n } = pearson(Float64Array.from(a), Float64Array.from(b))
        expect(n).toBe(x.length)
        expect(isClose(value, naivePearson(x, y))).toBe(true)
      }),
    )
  })

  it('is Spearman’s of ranks, with ties', () => {
    fc.assert(
      fc.property(anyPair, ([a, b]) => {
        const [x = [], y = []] = rowsOfBoth(a, b)
        expect(
          isClose(
            spearman(Float64Array.from(a), Float64Array.from(b)).value,
            naivePearson(naiveRanks(x), naiveRanks(y)),
          ),
        ).toBe(true)
      }),
    )
    const grown = Float64Array.from({ length: 20 }, (_, index) => index)
    expect(spearman(grown, grown.map(Math.exp)).value).toBeCloseTo(1, 12)
    expect(
      spearman(
        grown,
        grown.map((each) => -each),
      ).value,
    ).toBeCloseTo(-1, 12)
  })

  it('does not care how large numbers are', () => {
    const a = Float64Array.of(1, 2, 4, 3, 9)
    const b = Float64Array.of(5, 1, 2, 8, 9)
    const { value } = pearson(a, b)
    expect(
      pearson(
        a.map((each) => each * 1e-300),
        b.map((each) => each * 1e300),
      ).value,
    ).toBeCloseTo(value, 12)
  })

  it('ranks equal values alike', () => {
    expect([...ranks(Float64Array.of(10, 20, 10, 5))]).toEqual([2.5, 4, 2.5, 1])
  })

  it('is nothing where a column does not vary', () => {
    const constant = new Float64Array(5).fill(0.1)
    const grown = Float64Array.of(1, 2, 3, 4, 5)
    expect(pearson(constant, grown)).toEqual({ value: Number.NaN, n: 5 })
    expect(spearman(grown, constant).value).toBeNaN()
    expect(etaSquared(constant, grown).value).toBeNaN()
    expect(etaSquared(grown, constant).value).toBeNaN()
  })
})

describe('eta squared', () => {
  it('is what the groups leave unexplained, taken from one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -9, max: 9 })), { minLength: 2 }),
        (rows) => {
          const values = rows.map(([, value]) => value)
          const groups = new Set(rows.map(([group]) => group))
          let within = 0
          for (const name of groups)
            within += squares(rows.filter(([group]) => group === name).map(([, value]) => value))
          const { value } = etaSquared(
            Float64Array.from(rows, ([group]) => group),
            Float64Array.from(values),
          )
          const says = groups.size > 1 && squares(values) > 0
          expect(isClose(value, says ? 1 - within / squares(values) : Number.NaN)).toBe(true)
        },
      ),
    )
  })
})
