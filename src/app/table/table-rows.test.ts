import { describe, expect, it } from 'vitest'
import { groupTableRuns } from './table-groups.ts'
import { makeTableRows } from './table-rows.ts'

describe('the rows of a table', () => {
  const group = { column: 'param:p', depth: 0, groups: [] }
  const groups = [
    { ...group, key: '"x"', value: 'x', runIds: ['a', 'c'] },
    { ...group, key: 'null', value: null, runIds: ['b'] },
  ]
  const none = new Set<string>()

  it('begin with the baseline, which also stands where it belongs', () => {
    const rows = makeTableRows()(['a', 'b'], null, none, 'b')
    expect(rows.map(({ key }) => key)).toEqual(['baseline b', 'a', 'b'])
  })

  it('stand under their group unless it is closed', () => {
    const rows = makeTableRows()(['a', 'b', 'c'], groups, new Set(['"x"']), null)
    expect(rows.map(({ key }) => key)).toEqual(['group "x"', 'group null', 'b'])
  })

  it('stand under the innermost head, and a closed one hides the heads in it', () => {
    const nested = groupTableRuns(['a', 'b', 'c'], ['param:p', 'param:q'], (id, column) =>
      column === 'param:p' ? id !== 'b' : id,
    )
    const keys = (closed: readonly string[]) =>
      makeTableRows()(['a', 'b', 'c'], nested, new Set(closed), null).map(({ key }) => key)
    expect(keys([])).toEqual([
      'group true',
      'group true / "a"',
      'a',
      'group true / "c"',
      'c',
      'group false',
      'group false / "b"',
      'b',
    ])
    expect(keys(['true', 'false / "b"'])).toEqual(['group true', 'group false', 'group false / "b"'])
  })

  it('are the same objects when they are ordered anew', () => {
    const makeRows = makeTableRows()
    const [first, second] = makeRows(['a', 'b'], null, none, null)
    expect(makeRows(['b', 'a'], null, none, null)).toEqual([second, first])
    expect(makeRows(['b', 'a'], null, none, null)[0]).toBe(second)
    expect(makeRows(['a'], null, none, 'a')[0]).toBe(makeRows([], null, none, 'a')[0])
  })
})
