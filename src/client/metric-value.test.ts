import { describe, expect, it } from 'vitest'
import { toMetricValue } from './metric-value.ts'

function tensor(shape: readonly number[], values: ArrayLike<unknown>): object {
  const made = {
    dtype: 'float32',
    shape,
    clones: 0,
    disposed: 0,
    clone: () => ({ ...made, dispose: () => (made.disposed += 1) }),
    data: async () => values,
  }
  return made
}

class Decimal {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  valueOf(): string {
    return this.text
  }
}

describe('what a logged value means', () => {
  it.each([
    ['a list of one', [0.5], 0.5],
    ['brackets around brackets', [[[0.5]]], 0.5],
    ['a typed array of one', new Float32Array([0.5]), 0.5],
    ['whole numbers of one', new Int32Array([3]), 3],
    ['big ones of one', new BigInt64Array([7n]), 7],
    ['an array with a shape', { data: new Float32Array([0.5]), shape: [1, 1] }, 0.5],
    ['a number in an object', new Number(3), 3],
    ['a boolean', true, 1],
    ['a boolean in an object', new Boolean(false), 0],
    ['a bigint that fits', 10n, 10],
    ['a large bigint that fits', 2n ** 60n, 2 ** 60],
    ['a text', '0.25', 0.25],
    ['a text with an exponent', ' 1e-3\n', 1e-3],
    ['a text in an object', new String('2'), 2],
    ['the name of what is no number', 'NaN', Number.NaN],
    ['a name as Python spells it', '-inf', -Infinity],
    ['a decimal', new Decimal('0.1'), 0.1],
  ])('%s is a number', (_, value, number) => {
    expect(toMetricValue(value)).toEqual({ kind: 'number', number })
  })

  it.each([
    ['nothing', undefined, 'value-missing'],
    ['null', null, 'value-missing'],
    ['an empty list', [], 'value-empty'],
    ['an empty object', {}, 'value-empty'],
    ['a date', new Date(0), 'value-is-a-date'],
    ['a text', 'high', 'text-not-a-number'],
    ['a comma', '1,5', 'text-not-a-number'],
    ['an empty text', '', 'text-not-a-number'],
    ['a percentage', '95%', 'text-not-a-number'],
    ['a text too large to be finite', '1e999', 'text-not-a-number'],
    ['a bigint that does not fit', 2n ** 53n + 1n, 'bigint-too-large'],
    ['a bigint beyond all numbers', 10n ** 400n, 'bigint-too-large'],
    ['a view of bytes', new DataView(new ArrayBuffer(8)), 'value-is-an-object'],
    ['an error', new Error('x'), 'value-is-an-object'],
    ['a function', () => 1, 'value-not-a-number'],
    ['a symbol', Symbol('s'), 'value-not-a-number'],
    ['a tensor of many', tensor([2, 3], []), 'tensor-of-many-values'],
    ['an array without a type', { data: [1, 2], shape: [2] }, 'list-of-numbers'],
    [
      'an array that does not fit its shape',
      { data: new Float32Array(2), shape: [3] },
      'array-shape-does-not-fit',
    ],
  ])('%s is refused', (_, value, reason) => {
    expect(toMetricValue(value)).toEqual({ kind: 'refused', reason })
  })

  it('reads a tensor of one value later, from a copy that is disposed', async () => {
    const given = tensor([1, 1], Float32Array.of(0.5))
    const meant = toMetricValue(given)
    expect(meant.kind === 'later' && (await meant.value)).toEqual(Float32Array.of(0.5))
    expect(given).toMatchObject({ disposed: 1 })
  })

  it('leaves larger arrays and lists what they are', () => {
    expect(toMetricValue(new Float32Array(2)).kind).toBe('array')
    expect(toMetricValue([1, 2])).toEqual({ kind: 'list', values: [1, 2] })
    const itself: unknown[] = []
    itself.push(itself)
    expect(toMetricValue(itself).kind).toBe('refused')
  })

  it('takes plain objects, maps and objects of nothing but numbers apart', () => {
    class Scores {
      loss = 1
    }
    for (const value of [{ loss: 1 }, new Map([['loss', 1]]), new Scores()])
      expect(toMetricValue(value)).toEqual({ kind: 'nested', values: { loss: 1 } })
  })
})
