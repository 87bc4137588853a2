import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toBoundedJson, toBoundedObject } from './bounded-json.ts'
import { PARAM_BUDGET, withSlack } from './json-cut.ts'
import { toJsonValue, type JsonValue } from './json.ts'

function bounded(value: unknown): JsonValue {
  return toBoundedJson(value, PARAM_BUDGET).value
}

class Sequential {
  readonly layers = [1, 2]
}

function schedule(): void {}

describe('JSON of bounded size', () => {
  it('is what it was where it fits', () => {
    const config = {
      lr: 0.1,
      layers: [1, [2, null]],
      name: 'x',
      on: true,
      optimizer: { betas: new Float32Array([0.5]) },
    }
    expect(toBoundedJson(config, PARAM_BUDGET)).toEqual({
      value: { ...config, optimizer: { betas: [0.5] } },
      cut: null,
    })
    expect(bounded([Number.NaN, -Infinity, 10n, new Date(0), undefined])).toEqual([
      'NaN',
      '-Infinity',
      '10',
      '1970-01-01T00:00:00.000Z',
      null,
    ])
  })

  it('takes shared objects in without growing with their paths', () => {
    let shared: object = { leaf: 1 }
    for (let depth = 0; depth < 18; depth += 1) shared = { a: shared, b: shared }
    const { value, cut } = toBoundedJson(shared, PARAM_BUDGET)
    expect(JSON.stringify(value).length).toBeLessThan(100_000)
    expect(cut).toContain('left out')
  })

  it('says in the value what was left out', () => {
    expect(bounded(Array.from({ length: 5_000 }, () => 1))).toContain('[cut: 3,001 more]')
    expect(bounded('x'.repeat(40_000))).toMatch(/\[cut: 7,232 characters\]$/)
    const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`k${index}`, 1]))
    expect(bounded(many)).toMatchObject({ k0: 1, '[cut]': '[cut: 1,001 more]' })
    let deep: object = {}
    for (let depth = 0; depth < 40; depth += 1) deep = { deep }
    expect(JSON.stringify(bounded(deep))).toContain('[cut: 1 more]')
  })

  it('keeps of typed arrays their type, shape and digest', () => {
    const weights = new Float32Array(1e6)
    const before = bounded(weights)
    expect(before).toEqual({
      dtype: 'float32',
      shape: [1_000_000],
      digest: expect.stringMatching(/^[0-9a-f]{8}$/),
    })
    weights[999_999] = 1
    expect(bounded(weights)).not.toEqual(before)
  })

  it('keeps of functions, models, tensors and other objects of a class their names', () => {
    const tensor = Object.assign(new Sequential(), { dtype: 'float32', shape: [2, 3] })
    expect(bounded({ schedule, model: new Sequential(), tensor, none: () => 1 })).toEqual({
      schedule: '[function schedule]',
      model: '[Sequential]',
      tensor: '[Sequential float32 [2, 3]]',
      none: '[function none]',
    })
    expect(bounded([new Number(3), new URL('https://example.org/x'), new Error('no')])).toEqual([
      3,
      'https://example.org/x',
      'Error: no',
    ])
  })

  it('goes on where something holds itself or throws', () => {
    const own: Record<string, unknown> = { x: 1 }
    own['own'] = own
    expect(bounded(own)).toEqual({ x: 1, own: '[circular]' })
    const throwing = {
      get bad(): number {
        throw new Error('no')
      },
      good: 1,
    }
    expect(bounded(throwing)).toEqual({ bad: '[unreadable]', good: 1 })
  })

  it('never throws, and stays within its budget', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const { value: json } = toBoundedJson(value, PARAM_BUDGET)
        expect(toJsonValue(json)).toEqual(json)
      }),
    )
  })

  it('is left alone by the slack of whoever takes it from outside', () => {
    const budget = { nodes: 20, depth: 3, text: 40 }
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const once = toBoundedJson(value, budget).value
        expect(toBoundedJson(once, withSlack(budget)).value).toEqual(once)
      }),
    )
  })

  it('gives every entry of an object a budget of its own, and names those that were cut', () => {
    const { value, cut } = toBoundedObject({ big: 'x'.repeat(40_000), lr: 0.1 }, PARAM_BUDGET)
    expect(value['lr']).toBe(0.1)
    expect(cut).toBe('big (7,232 characters left out)')
    expect(toBoundedObject(new Map([['lr', 1]]), PARAM_BUDGET).value).toEqual({ lr: 1 })
    expect(toBoundedObject([1], PARAM_BUDGET).value).toEqual({})
  })
})
