import { describe, expect, it } from 'vitest'
import { findImportance, MIN_RUNS, toFeature, type ParamColumn } from './param-importance.ts'

/** A wave that never repeats: as good as random, and the same in every test. */
function noise(seed: number, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, row) => {
    const wave = Math.sin((row + 1) * 12.9898 + seed * 78.233) * 43_758.5453
    return wave - Math.floor(wave)
  })
}

function number(key: string, values: Float64Array): ParamColumn {
  return { key, kind: 'number', values }
}

const N = 200
const lr = noise(1, N)
const width = noise(2, N)
const model = noise(3, N).map((each) => Math.floor(each * 3))
const params: readonly ParamColumn[] = [
  number('lr', lr),
  number('width', width),
  { key: 'model', kind: 'category', values: model },
  number('seed', noise(4, N)),
  { key: 'host', kind: 'category', values: noise(5, N).map((each) => Math.floor(each * 40)) },
  number('same', new Float64Array(N).fill(3)),
]

function findAll(target: Float64Array, columns: readonly ParamColumn[]) {
  const found = findImportance(target, columns)
  if (found.kind !== 'found') throw new Error(found.kind)
  return { ...found, of: new Map(found.params.map((param) => [param.key, param])) }
}

/** A study of lr × width × seed, of which lr matters most, width less and the seed not at all. */
function study(seed: number, n: number) {
  const columns = [
    number(
      'lr',
      noise(seed, n).map((each) => Math.floor(each * 5)),
    ),
    number(
      'width',
      noise(seed + 0.1, n).map((each) => Math.floor(each * 4)),
    ),
    number(
      'seed',
      noise(seed + 0.2, n).map((each) => Math.floor(each * 5)),
    ),
  ]
  const [byLr, byWidth] = columns
  const chance = noise(seed + 0.3, n)
  const target = chance.map(
    (each, row) => 2 * (byLr?.values[row] ?? 0) + 1.2 * (byWidth?.values[row] ?? 0) + each,
  )
  return { target, columns }
}

describe('the importance of params', () => {
  it('finds what was planted, also where it does not grow, and nothing in what has no part in it', () => {
    // Best in the middle: no correlation, and yet it matters. The categories are in no order.
    const target = lr.map((each, row) => 4 * (each - 0.5) ** 2 + ([0.3, 0, 0.6][model[row] ?? 0] ?? 0))
    const { n, explained, of, params: found } = findAll(target, params)
    expect(n).toBe(N)
    expect(explained).toBeGreaterThan(0.7)
    expect(new Set(found.slice(0, 2).map(({ key }) => key))).toEqual(new Set(['lr', 'model']))
    expect(of.get('lr')?.share).toBeGreaterThan(0.2)
    expect(of.get('model')?.share).toBeGreaterThan(0.2)
    for (const key of ['width', 'seed', 'host']) expect(of.get(key)?.share).toBeLessThanOrEqual(0.05)
    expect(of.has('same')).toBe(false)
    expect(Math.abs(of.get('lr')?.correlation ?? 1)).toBeLessThan(0.25)
    expect(of.get('model')?.correlation).toBeGreaterThan(0.2)
  })

  it('is shares that sum to 1, whatever the metric', () => {
    for (const n of [40, 60, 120, 400]) {
      const { target, columns } = study(n, n)
      const shares = findAll(target, columns).params.map(({ share }) => share ?? 0)
      expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1)).toBeLessThan(1e-9)
      for (const share of shares) expect(share).toBeLessThanOrEqual(1)
    }
  })

  it('gives each param its part of the variance', () => {
    const columns = ['twice', 'once'].map((key, at) =>
      number(
        key,
        noise(at + 20, 400).map((each) => Math.round(each)),
      ),
    )
    const [twice, once] = columns
    const target = lr.map((_, row) => 2 * (twice?.values[row] ?? 0) + (once?.values[row] ?? 0))
    const { of } = findAll(
      target,
      columns.map((param) => ({ ...param, values: param.values.slice(0, N) })),
    )
    expect(of.get('twice')?.share).toBeCloseTo(0.8, 1)
    expect(of.get('once')?.share).toBeCloseTo(0.2, 1)
  })

  it('gives a param that has no part in it at most 0.05 of sixty runs', () => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const { target, columns } = study(seed, 60)
      expect(findAll(target, columns).of.get('seed')?.share).toBeLessThanOrEqual(0.05)
    }
  })

  it('keeps the order of a clear case as runs come', () => {
    const { target, columns } = study(7, 400)
    for (const n of [40, 50, 60, 100, 200, 400]) {
      const some = columns.map((param) => ({ ...param, values: param.values.slice(0, n) }))
      const found = findAll(target.slice(0, n), some)
      expect(found.params.map(({ key }) => key)).toEqual(['lr', 'width', 'seed'])
    }
  })

  it('says how far a share may be off: about what other runs of the same kind show', () => {
    const truth = findAll(study(99, 2_000).target, study(99, 2_000).columns).of.get('lr')?.share ?? 0
    const resamples = Array.from({ length: 20 }, (_, seed) => {
      const { target, columns } = study(seed + 200, 60)
      return findAll(target, columns).of.get('lr')
    })
    const spreads = resamples.map((param) => param?.spread ?? Number.NaN)
    const isCovered = (at: number): boolean =>
      Math.abs((resamples[at]?.share ?? 0) - truth) <= 2 * (spreads[at] ?? 0)
    expect(resamples.filter((_, at) => isCovered(at)).length).toBeGreaterThanOrEqual(18)
    // And it says something: not everything between nothing and all.
    for (const spread of spreads) expect(spread).toBeLessThan(0.15)
  })

  it('takes params that tell the same runs apart for one, by its plainest name', () => {
    const { target, columns } = study(3, 60)
    const [byLr] = columns
    const nested = {
      ...number(
        'schedule.warmup.from',
        (byLr?.values ?? lr).map((each) => each / 10),
      ),
    }
    const { of } = findAll(target, [nested, ...columns])
    expect(of.get('lr')?.same).toEqual(['schedule.warmup.from'])
    expect(of.get('lr')?.share).toBe(findAll(target, columns).of.get('lr')?.share)
  })

  it('finds an optimum in the middle of forty runs of which no two are alike', () => {
    const few = params.map((param) => ({ ...param, values: param.values.slice(0, 40) }))
    const target = lr.slice(0, 40).map((each) => -((each - 0.5) ** 2))
    const { explained, params: found } = findAll(target, few)
    expect(explained).toBeGreaterThan(0.3)
    expect(found[0]?.key).toBe('lr')
    expect(found[0]?.share).toBeGreaterThan(0.8)
  })

  it('is the same at every call, and does not care for the scale of the metric', () => {
    const target = width.map((each, row) => each + 0.1 * (lr[row] ?? 0))
    const found = findImportance(target, params)
    expect(findImportance(target, params)).toEqual(found)
    expect(findImportance(target.map(Math.exp), params)).toEqual(found)
  })

  it('shares nothing out where there is only noise', () => {
    const found = findAll(noise(9, N), params)
    expect(found.explained).toBeLessThan(0.05)
    for (const { share } of found.params) expect(share).toBeNull()
  })

  it('says so where too few runs have the metric for as many params, and where it does not vary', () => {
    const few = lr.map((each, row) => (row < MIN_RUNS - 1 ? each : Number.NaN))
    const [first] = params
    expect(findImportance(few, first === undefined ? [] : [first])).toEqual({
      kind: 'few',
      n: MIN_RUNS - 1,
      needed: MIN_RUNS,
      params: 1,
    })
    const fourteen = lr.map((each, row) => (row < 14 ? each : Number.NaN))
    expect(findImportance(fourteen, params)).toMatchObject({ kind: 'few', n: 14, needed: 15, params: 5 })
    expect(findImportance(new Float64Array(N).fill(0.5), params)).toEqual({ kind: 'constant', n: N })
    expect(findImportance(lr, [])).toEqual({ kind: 'found', n: N, explained: 0, params: [] })
  })

  it('takes the lack of a param for a value of its own', () => {
    const dropout = lr.map((each) => (each < 0.5 ? Number.NaN : 0.1))
    const found = findAll(
      dropout.map((each) => (Number.isNaN(each) ? 1 : 0)),
      [number('dropout', dropout), number('seed', noise(4, N))],
    )
    expect(found.params[0]?.key).toBe('dropout')
    expect(found.params[0]?.share).toBeGreaterThan(0.9)
    expect(found.params[0]?.n).toBeLessThan(N)
  })

  it('puts numbers into bins in their order and keeps many categories apart as far as it can', () => {
    const { codes, count } = toFeature(number('x', noise(7, 500)))
    const values = noise(7, 500)
    expect(Math.max(...codes)).toBeLessThan(count)
    const sorted = Uint32Array.from(values, (_, row) => row).toSorted(
      (a, b) => (values[a] ?? 0) - (values[b] ?? 0),
    )
    const inOrder = Array.from(sorted, (row) => codes[row] ?? 0)
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b))
    const many = toFeature({ kind: 'category', values: Float64Array.from({ length: 300 }, (_, row) => row) })
    expect(Math.max(...many.codes)).toBeLessThan(many.count)
  })
})
