import { describe, expect, it } from 'vitest'
import { parseParams } from './parse-params.ts'
import { choice, int, logUniform, uniform } from './space.ts'

function problemsOf(params: unknown): readonly string[] {
  const parsed = parseParams(params)
  return parsed.ok ? [] : parsed.error
}

describe('the params of a sweep', () => {
  it('are what is searched and what stays the same', () => {
    const parsed = parseParams({
      lr: logUniform(1e-4, 1e-1),
      units: int(2, 64, { log: true }),
      activation: choice(['relu', 'tanh']),
      dropout: uniform(0, 0.5),
      layers: [16, 8],
      seed: 7,
    })
    expect(parsed).toEqual({
      ok: true,
      value: {
        dimensions: [
          { kind: 'uniform', name: 'lr', low: 1e-4, high: 1e-1, isLog: true },
          { kind: 'int', name: 'units', low: 2, high: 64, isLog: true },
          { kind: 'choice', name: 'activation', values: ['relu', 'tanh'] },
          { kind: 'uniform', name: 'dropout', low: 0, high: 0.5, isLog: false },
        ],
        fixed: { layers: [16, 8], seed: 7 },
      },
    })
  })

  it.each([
    ['the wrong way round', { lr: uniform(5, 1) }, 'The range of lr begins at 5, above its end at 1'],
    ['NaN', { lr: uniform(Number.NaN, 1) }, 'The range of lr needs two finite numbers, not NaN and 1.'],
    ['infinite', { lr: uniform(0, Infinity) }, 'two finite numbers, not 0 and Infinity'],
    ['text', { lr: uniform('0' as never, 1) }, 'two finite numbers, not string and 1'],
    ['log of 0', { lr: logUniform(0, 1) }, 'begins at 0, but a log scale needs numbers above 0'],
    ['log of less', { n: int(-2, 8, { log: true }) }, 'begins at -2, but a log scale'],
    ['no whole number', { n: int(1.5, 3) }, 'The range of n needs whole numbers, not 1.5 and 3.'],
    ['an empty choice', { act: choice([]) }, 'The choice of act is empty.'],
    ['no list', { act: choice('relu' as never) }, 'The choice of act needs a list'],
    ['a function', { act: choice([Math.tanh]) }, 'The choice of act holds a function'],
    ['a fixed function', { lr: uniform(0, 1), f: () => 1 }, 'The param f is a function'],
    ['nothing', {}, 'There is nothing to search'],
    ['only fixed values', { lr: 0.1 }, 'There is nothing to search'],
    ['no object', null, 'There is nothing to search'],
  ])('are refused in plain words: %s', (_name, params, words) => {
    expect(problemsOf(params).join(' ')).toContain(words)
  })

  it('are refused all at once', () => {
    expect(problemsOf({ a: uniform(2, 1), b: choice([]) })).toHaveLength(2)
  })

  it('that throw when they are read are no params', () => {
    const hostile = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('no')
        },
      },
    )
    expect(problemsOf(hostile).join(' ')).toContain('There is nothing to search')
  })
})
