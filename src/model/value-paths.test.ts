import { describe, expect, it } from 'vitest'
import { leavesOf, placesOf, valueAt } from './value-paths.ts'

describe('the paths of nested values', () => {
  it('take objects and lists of objects apart and leave lists of scalars whole', () => {
    const value = {
      lr: 0.1,
      betas: [0.9, 0.99],
      layers: [{ units: 8 }, { units: 16 }],
      empty: {},
      none: null,
    }
    expect(leavesOf('optimizer', value)).toEqual([
      { path: 'optimizer.lr', value: 0.1 },
      { path: 'optimizer.betas', value: [0.9, 0.99] },
      { path: 'optimizer.layers.0.units', value: 8 },
      { path: 'optimizer.layers.1.units', value: 16 },
      { path: 'optimizer.empty', value: {} },
      { path: 'optimizer.none', value: null },
    ])
    expect(leavesOf('lr', 0.1)).toEqual([{ path: 'lr', value: 0.1 }])
  })

  it('are bounded', () => {
    const wide = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`k${index}`, index]))
    expect(leavesOf('wide', wide)).toHaveLength(256)
  })

  it('are found again', () => {
    const params = { optimizer: { lr: 0.1, 'a.b': [{ c: 1 }] }, 'optimizer.lr': 0.2, none: { toString: 1 } }
    expect(valueAt(params, 'optimizer.lr')).toBe(0.2)
    expect(valueAt(params, 'optimizer.a.b.0.c')).toBe(1)
    expect(valueAt(params, 'optimizer.constructor')).toBeUndefined()
    for (const [key, value] of Object.entries({ optimizer: params.optimizer, none: params.none }))
      for (const leaf of leavesOf(key, value))
        expect(valueAt({ [key]: value }, leaf.path)).toEqual(leaf.value)
  })

  it('may lie in every entry they begin with', () => {
    expect(placesOf('lr')).toEqual([])
    expect(placesOf('a.b')).toEqual([{ key: 'a', path: '$."b"' }])
    expect(placesOf('a.b.c')).toEqual([
      { key: 'a', path: '$."b.c"' },
      { key: 'a.b', path: '$."c"' },
      { key: 'a', path: '$."b"."c"' },
    ])
    expect(placesOf('layers.0')).toEqual([
      { key: 'layers', path: '$."0"' },
      { key: 'layers', path: '$[0]' },
    ])
    expect(placesOf('a."b')).toEqual([])
  })
})
