import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../model/json.ts'
import type { Params } from '../model/run.ts'
import { choiceOf, placeOf, valueAt, type Dimension } from './dimension.ts'
import { createGrid } from './grid.ts'
import { createRandomSearch, type Observation, type Propose } from './method.ts'
import { createTpe } from './tpe.ts'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const positive = fc.double({ min: 1e-300, max: 1e300, noNaN: true })
const whole = fc.integer({ min: -1_000_000, max: 1_000_000 })

function range(
  kind: 'uniform' | 'int',
  isLog: boolean,
  numbers: fc.Arbitrary<number>,
): fc.Arbitrary<Dimension> {
  return fc
    .tuple(numbers, numbers)
    .map(([a, b]) => ({ kind, name: 'x', low: Math.min(a, b), high: Math.max(a, b), isLog }))
}

const dimensions: fc.Arbitrary<Dimension> = fc.oneof(
  range('uniform', false, finite),
  range('uniform', true, positive),
  range('int', false, whole),
  range('int', true, fc.integer({ min: 1, max: 1_000_000 })),
  fc
    .array(fc.jsonValue(), { minLength: 1, maxLength: 5 })
    .map((values): Dimension => ({ kind: 'choice', name: 'x', values: values as JsonValue[] })),
)

function isInside(dimension: Dimension, value: JsonValue | undefined): boolean {
  if (dimension.kind === 'choice') return choiceOf(dimension, value) >= 0
  if (typeof value !== 'number' || value < dimension.low || value > dimension.high) return false
  return dimension.kind === 'uniform' || Number.isInteger(value)
}

/** What a method makes of `count` trials of a function, one after the other. */
function search(propose: Propose, count: number, lossOf: (params: Params) => number): Observation[] {
  const seen: Observation[] = []
  for (let index = 0; index < count; index += 1) {
    const params = propose(index, seen) ?? {}
    seen.push({ params, loss: lossOf(params) })
  }
  return seen
}

describe('a dimension', () => {
  it('has a value at every place, and the place of that value', () => {
    fc.assert(
      fc.property(dimensions, fc.double({ min: 0, max: 1, noNaN: true }), (dimension, place) => {
        const value = valueAt(dimension, place)
        expect(isInside(dimension, value)).toBe(true)
        if (dimension.kind === 'choice') return
        const again = placeOf(dimension, value)
        expect(again).not.toBeNull()
        expect(isInside(dimension, valueAt(dimension, again ?? -1))).toBe(true)
      }),
    )
  })

  it('knows its values again when their keys come back in another order', () => {
    const dimension = { kind: 'choice', name: 'x', values: [{ a: 1, b: [2] }, 'b'] } as const
    expect(choiceOf(dimension, { b: [2], a: 1 })).toBe(0)
    expect(choiceOf(dimension, 'b')).toBe(1)
    expect(choiceOf(dimension, { b: [2] })).toBe(-1)
    expect(choiceOf(dimension, undefined)).toBe(-1)
  })

  it('gives numbers that can be read, and more digits where its range is narrow', () => {
    const wide = { kind: 'uniform', name: 'x', low: 1e-4, high: 1, isLog: true } as const
    const narrow = { ...wide, low: 1, high: 1 + 1e-9, isLog: false } as const
    for (let index = 1; index < 100; index += 1) {
      const value = Number(valueAt(wide, index / 100))
      expect(value).toBe(Number(value.toPrecision(6)))
    }
    const places = new Set(Array.from({ length: 99 }, (_, index) => valueAt(narrow, (index + 1) / 100)))
    expect(places.size).toBe(99)
  })

  it('gives every whole number the same chance, and every order of magnitude on a log scale', () => {
    const dice = { kind: 'int', name: 'x', low: 1, high: 6, isLog: false } as const
    const rates = { kind: 'uniform', name: 'x', low: 1e-4, high: 1, isLog: true } as const
    const counts = new Map<JsonValue, number>()
    let small = 0
    for (let index = 0; index < 6_000; index += 1) {
      const place = (index + 0.5) / 6_000
      counts.set(valueAt(dice, place), (counts.get(valueAt(dice, place)) ?? 0) + 1)
      if (Number(valueAt(rates, place)) < 1e-2) small += 1
    }
    expect([...counts.values()]).toEqual([1000, 1000, 1000, 1000, 1000, 1000])
    expect(small).toBe(3_000)
  })
})

describe.each([
  ['random', createRandomSearch],
  ['tpe', createTpe],
])('the method %s', (_name, create) => {
  it('stays inside of any dimension, whatever the trials gave', () => {
    const losses = fc.array(fc.oneof(finite, fc.constantFrom(Infinity, null)), {
      minLength: 8,
      maxLength: 40,
    })
    fc.assert(
      fc.property(dimensions, losses, fc.nat(), (dimension, given, seed) => {
        const propose = create([dimension], seed)
        const seen: Observation[] = []
        for (const [index, loss] of given.entries()) {
          const params = propose(index, seen)
          expect(isInside(dimension, params?.['x'])).toBe(true)
          seen.push({ params: params ?? {}, loss })
        }
      }),
    )
  })

  it('ignores params that are none of its own', () => {
    const dimension = { kind: 'uniform', name: 'x', low: 0, high: 1, isLog: false } as const
    const seen = Array.from({ length: 30 }, (_, index) => ({ params: { x: 'gone', y: index }, loss: index }))
    expect(isInside(dimension, create([dimension], 3)(30, seen)?.['x'])).toBe(true)
  })

  it('is the same for the same seed and another for another', () => {
    const plane: Dimension[] = [
      { kind: 'uniform', name: 'x', low: -5, high: 5, isLog: false },
      { kind: 'choice', name: 'y', values: ['a', 'b', 'c'] },
    ]
    const run = (seed: number) => search(create(plane, seed), 30, ({ x }) => Number(x) ** 2)
    expect(run(1)).toEqual(run(1))
    expect(run(1)).not.toEqual(run(2))
    const xs = (seed: number) => new Set(run(seed).map(({ params }) => params['x']))
    for (const x of xs(1)) expect(xs(2).has(x)).toBe(false)
  })
})

const SQUARE: Dimension[] = [
  { kind: 'uniform', name: 'x', low: -5, high: 10, isLog: false },
  { kind: 'uniform', name: 'y', low: 0, high: 15, isLog: false },
]
const NETWORK: Dimension[] = [
  { kind: 'uniform', name: 'lr', low: 1e-5, high: 1, isLog: true },
  { kind: 'int', name: 'units', low: 2, high: 256, isLog: true },
  { kind: 'choice', name: 'activation', values: ['relu', 'tanh', 'sigmoid', 'linear'] },
]

function branin({ x, y }: Params): number {
  const [a, b] = [Number(x), Number(y)]
  const curve = b - (5.1 / (4 * Math.PI ** 2)) * a ** 2 + (5 / Math.PI) * a - 6
  return curve ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(a) + 10 - 0.397_887
}

const bowl = ({ x, y }: Params): number => (Number(x) - 3) ** 2 + (Number(y) - 4) ** 2

/** What a network might make of its params; it diverges where the learning rate is too large. */
function network({ lr, units, activation }: Params): number {
  const power = Math.log10(Number(lr))
  if (power > -0.5) return Infinity
  const wrong = activation === 'tanh' ? 0 : 0.3
  return (power + 2.7) ** 2 + 0.5 * (Math.log2(Number(units)) - 5) ** 2 + wrong
}

describe('learning from the trials so far', () => {
  const SEEDS = 60
  const TRIALS = 60

  it.each([
    ['a bowl', SQUARE, bowl, 0.3],
    ['Branin', SQUARE, branin, 0.5],
    ['a network', NETWORK, network, 0.5],
  ] as const)('finds better params of %s than chance does', (_name, dimensions, lossOf, share) => {
    let tpe = 0
    let random = 0
    let wins = 0
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const best = [createTpe, createRandomSearch].map((create) =>
        Math.min(...search(create(dimensions, seed), TRIALS, lossOf).map(({ loss }) => loss ?? Infinity)),
      )
      tpe += best[0] ?? 0
      random += best[1] ?? 0
      if ((best[0] ?? 0) < (best[1] ?? 0)) wins += 1
    }
    expect(tpe).toBeLessThan(share * random)
    // By chance alone 40 or more of 60 would be won once in 150 times.
    expect(wins).toBeGreaterThanOrEqual(40)
  })

  it('keeps lanes apart: what runs counts as bad', () => {
    const line: Dimension[] = [{ kind: 'uniform', name: 'x', low: 0, high: 1, isLog: false }]
    const seen = search(createRandomSearch(line, 1), 40, ({ x }) => Math.abs(Number(x) - 0.3))
    const apart = (running: readonly Observation[]): number => {
      let sum = 0
      for (let seed = 1; seed <= 200; seed += 1) {
        const next = createTpe(line, seed)(40, [...seen, ...running])?.['x']
        sum += Math.abs(Number(next) - 0.3)
      }
      return sum / 200
    }
    const running = Array.from({ length: 6 }, (_, index) => ({
      params: { x: 0.29 + index * 0.004 },
      loss: null,
    }))
    expect(apart(running)).toBeGreaterThan(1.3 * apart([]))
  })
})

describe('a grid', () => {
  it('tries every combination exactly once, the last param fastest', () => {
    const grid = createGrid(
      [
        { kind: 'choice', name: 'model', values: ['cnn', 'mlp'] },
        { kind: 'int', name: 'layers', low: 1, high: 3, isLog: false },
        { kind: 'uniform', name: 'lr', low: 0.001, high: 0.1, isLog: true },
      ],
      { lr: 3 },
    )
    if (!grid.ok) throw new Error(grid.error.join(' '))
    expect(grid.value.size).toBe(18)
    const all = Array.from({ length: 18 }, (_, index) => grid.value.propose(index, []))
    expect(new Set(all.map((params) => JSON.stringify(params))).size).toBe(18)
    expect(all[0]).toEqual({ model: 'cnn', layers: 1, lr: 0.001 })
    expect(all[1]?.['lr']).toBeCloseTo(0.01)
    expect(all[2]).toEqual({ model: 'cnn', layers: 1, lr: 0.1 })
    expect(all[17]).toEqual({ model: 'mlp', layers: 3, lr: 0.1 })
    expect(grid.value.propose(18, [])).toBeNull()
  })

  it('stays inside and repeats nothing, whatever is counted', () => {
    fc.assert(
      fc.property(dimensions, fc.integer({ min: 1, max: 50 }), (dimension, count) => {
        const grid = createGrid([dimension], { x: count })
        if (!grid.ok) throw new Error(grid.error.join(' '))
        const values = Array.from(
          { length: grid.value.size },
          (_, index) => grid.value.propose(index, [])?.['x'],
        )
        for (const value of values) expect(isInside(dimension, value)).toBe(true)
        const distinct = dimension.kind === 'choice' ? values.length : new Set(values).size
        expect(distinct).toBe(values.length)
      }),
    )
  })

  it('is refused in plain words when it makes no sense', () => {
    const line: Dimension = { kind: 'uniform', name: 'lr', low: 0, high: 1, isLog: false }
    for (const count of [0, -1, 2.5, Number.NaN, 'three', 1e9])
      expect(createGrid([line], { lr: count })).toEqual({
        ok: false,
        error: ['The count of lr must be a whole number from 1 on.'],
      })
    const large = createGrid([line, { ...line, name: 'b' }], { lr: 10_000, b: 10_000 })
    expect(large.ok ? '' : large.error[0]).toContain('100000000 combinations')
  })
})
