import { describe, expect, it } from 'vitest'
import { makeByteCache } from './byte-cache.ts'

describe('a cache of bytes', () => {
  it('holds what was used last and never more than its room', () => {
    const cache = makeByteCache<string, number>(10)
    cache.put('a', 1, 4)
    cache.put('b', 2, 4)
    expect(cache.get('a')).toBe(1)
    cache.put('c', 3, 4)
    expect([cache.get('a'), cache.get('b'), cache.get('c'), cache.size]).toEqual([1, undefined, 3, 8])
    cache.put('d', 4, 11)
    expect([cache.get('d'), cache.size]).toEqual([undefined, 8])
    cache.put('a', 5, 1)
    expect([cache.get('a'), cache.size]).toEqual([5, 5])
  })

  it('holds its newest entry though it is larger, where that is wanted', () => {
    const cache = makeByteCache<string, number>(10, { keepsNewest: true })
    cache.put('a', 1, 4)
    cache.put('b', 2, 11)
    expect([cache.get('a'), cache.get('b'), cache.size]).toEqual([undefined, 2, 11])
    cache.put('c', 3, 4)
    expect([cache.get('b'), cache.get('c'), cache.size]).toEqual([undefined, 3, 4])
    cache.clear()
    expect([cache.get('c'), cache.size]).toEqual([undefined, 0])
  })
})
