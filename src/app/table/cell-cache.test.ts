import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeCellCache } from './cell-cache.ts'

const RUNS = ['a', 'b', 'c', 'd']
const COLUMNS = ['param:x', 'param:y', 'metric.last:z']

describe('the cells that were read', () => {
  it('are those that were put last, whatever the order', () => {
    const put = fc.record({
      runIds: fc.subarray(RUNS).chain((ids) => fc.shuffledSubarray(ids, { minLength: ids.length })),
      columns: fc.shuffledSubarray(COLUMNS),
      seed: fc.nat(),
    })
    fc.assert(
      fc.property(fc.array(put), (puts) => {
        const cache = makeCellCache()
        const expected = new Map<string, string>()
        for (const { runIds, columns, seed } of puts) {
          const cell = (id: string, column: string): string => `${id} ${column} ${seed}`
          cache.put(
            runIds,
            columns,
            columns.map((column) => runIds.map((id) => cell(id, column))),
          )
          for (const id of runIds)
            for (const column of columns) expected.set(`${id} ${column}`, cell(id, column))
        }
        for (const id of RUNS)
          for (const column of COLUMNS) expect(cache.value(id, column)).toBe(expected.get(`${id} ${column}`))
      }),
    )
  })

  it('are complete until another column is shown, and only that is lacking then', () => {
    const cache = makeCellCache()
    const first = cache.setColumns(['param:x'])
    expect(cache.lacking(['a', 'b'])).toEqual(['param:x'])
    cache.put(['a', 'b'], ['param:x'], [[1, null]])
    cache.complete(['a', 'b'], first)
    expect(cache.isComplete('a')).toBe(true)
    const second = cache.setColumns(['param:y', 'param:x'])
    expect(cache.isComplete('a')).toBe(false)
    expect(cache.lacking(['a', 'b'])).toEqual(['param:y'])
    expect(cache.lacking(['a', 'c'])).toEqual(['param:y', 'param:x'])
    cache.complete(['a'], second)
    expect(cache.setColumns(['param:x', 'param:y'])).toBe(second)
    expect(cache.isComplete('a')).toBe(true)
  })

  it('are not complete when another column is shown before they are there', () => {
    const cache = makeCellCache()
    const asked = cache.setColumns(['param:x'])
    cache.setColumns(['param:x', 'param:y'])
    cache.put(['a'], ['param:x'], [[1]])
    cache.complete(['a'], asked)
    expect(cache.isComplete('a')).toBe(false)
    expect(cache.lacking(['a'])).toEqual(['param:y'])
  })
})
