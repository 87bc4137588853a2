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

describe('the importance of params', () => {
  it('finds what was planted, also where it does not grow, and next to nothing in noise', () => {
    // Best in the middle: no correlation, and yet it matters. The categories are in no order.
    const target = lr.map((each, row) => 4 * (each - 0.5) ** 2 + ([0.3, 0, 0.6][model[row] ?? 0] ?? 0))
    const found = findImportance(target, params)
    if (found.kind !== 'found') throw new Error(found.kind)
    expect(found.n).toBe(N)
    expect(found.explained).toBeGreaterThan(0.7)
    expect(new Set(found.params.slice(0, 2).map(({ key }) => key))).toEqual(new Set(['lr', 'model']))
    const importance = new Map(found.params.map((param) => [param.key, param.importance]))
    expect(importance.get('lr')).toBeGreaterThan(0.2)
    expect(importance.get('model')).toBeGreaterThan(0.2)
    for (const key of ['width', 'seed', 'host']) expect(importance.get(key)).toBeLessThan(0.05)
    expect(importance.has('same')).toBe(false)
    const correlation = new Map(found.params.map((param) => [param.key, param.correlation]))
    expect(Math.abs(correlation.get('lr') ?? 1)).toBeLessThan(0.25)
    expect(correlation.get('model')).toBeGreaterThan(0.2)
  })

  it('finds an optimum in the middle of forty runs of which no two are alike', () => {
    const few = params.map((param) => ({ ...param, values: param.values.slice(0, 40) }))
    const target = lr.slice(0, 40).map((each) => -((each - 0.5) ** 2))
    const found = findImportance(target, few)
    if (found.kind !== 'found') throw new Error(found.kind)
    expect(found.explained).toBeGreaterThan(0.3)
    const [first, second] = found.params
    expect(first?.key).toBe('lr')
    expect(first?.importance).toBeGreaterThan(10 * (second?.importance ?? 1))
  })

  it('is the same at every call, and does not care for the scale of the metric', () => {
    const target = width.map((each, row) => each + 0.1 * (lr[row] ?? 0))
    const found = findImportance(target, params)
    expect(findImportance(target, params)).toEqual(found)
    expect(findImportance(target.map(Math.exp), params)).toEqual(found)
  })

  it('explains nothing where there is only noise', () => {
    const found = findImportance(noise(9, N), params)
    if (found.kind !== 'found') throw new Error(found.kind)
    expect(found.explained).toBeLessThan(0.1)
    for (const { importance } of found.params) expect(importance).toBeLessThan(0.1)
  })

  it('says so below ten runs that have the metric, and where it does not vary', () => {
    const few = lr.map((each, row) => (row < MIN_RUNS - 1 ? each : Number.NaN))
    expect(findImportance(few, params)).toEqual({ kind: 'few', n: MIN_RUNS - 1 })
    expect(findImportance(new Float64Array(N).fill(0.5), params)).toEqual({ kind: 'constant', n: N })
    expect(findImportance(lr, [])).toEqual({ kind: 'found', n: N, explained: 0, params: [] })
  })

  it('takes the lack of a param for a value of its own', () => {
    const dropout = lr.map((each) => (each < 0.5 ? Number.NaN : 0.1))
    const found = findImportance(
      dropout.map((each) => (Number.isNaN(each) ? 1 : 0)),
      [number('dropout', dropout), number('seed', noise(4, N))],
    )
    if (found.kind !== 'found') throw new Error(found.kind)
    expect(found.params[0]?.key).toBe('dropout')
    expect(found.params[0]?.importance).toBeGreaterThan(0.5)
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
