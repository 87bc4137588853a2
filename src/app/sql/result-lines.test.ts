import { describe, expect, it } from 'vitest'
import type { SqlKind } from '../../model/sql-kind.ts'
import type { SqlValue } from '../../protocol/sql-api.ts'
import type { SqlResult } from './sql-result.ts'
import { likelyColumns, MAX_RESULT_LINES, toResultLines } from './result-lines.ts'
import { toTsv } from './sql-words.ts'

function resultOf(...columns: readonly (readonly [string, SqlKind, readonly SqlValue[]])[]): SqlResult {
  return {
    columns: columns.map(([name, kind, values]) => ({ name, kind, values })),
    rows: columns[0]?.[2].length ?? 0,
    more: false,
    elapsedMs: 1,
    sql: '',
    isOfCopy: false,
  }
}

describe('a result as lines', () => {
  it('takes a step for x, another number for y, and a text for the lines', () => {
    const result = resultOf(['value', 'real', []], ['step', 'integer', []], ['run', 'text', []])
    expect(likelyColumns(result.columns)).toEqual({ x: 1, y: 0, group: 2 })
    expect(likelyColumns(resultOf(['a', 'text', []], ['b', 'real', []]).columns)).toBeNull()
  })

  it('has a line for each value of a column, in order of x, without what is no number', () => {
    const result = resultOf(
      ['x', 'integer', [3, 1, 2, 1, 5n]],
      ['y', 'mixed', [30, 10, null, 11, 50]],
      ['run', 'text', ['a', 'a', 'a', 'b', null]],
    )
    const { lines, left } = toResultLines(result, { x: 0, y: 1, group: 2 })
    expect(lines.map(({ name, x, mean }) => [name, [...x], [...mean]])).toEqual([
      ['a', [1, 3], [10, 30]],
      ['b', [1], [11]],
      ['NULL', [5], [50]],
    ])
    expect(left).toBe(0)
  })

  it('leaves out lines that could not be told apart, and says how many', () => {
    const values = Array.from({ length: MAX_RESULT_LINES + 3 }, (_, index) => index)
    const result = resultOf(
      ['x', 'integer', values],
      ['y', 'integer', values],
      ['run', 'text', values.map(String)],
    )
    const { lines, left } = toResultLines(result, { x: 0, y: 1, group: 2 })
    expect([lines.length, left]).toEqual([MAX_RESULT_LINES, 3])
  })
})

it('is text a spreadsheet takes', () => {
  const result = resultOf(['a\tb', 'text', ['x', 'say "hi"', null]], ['n', 'integer', [1, 2n ** 60n, 0.5]])
  expect(toTsv(result)).toBe('"a\tb"\tn\nx\t1\n"say ""hi"""\t1152921504606846976\n\t0.5\n')
})
