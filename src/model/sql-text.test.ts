import { describe, expect, it } from 'vitest'
import { sqlStatements, statementAt } from './sql-text.ts'

const textsOf = (sql: string): string[] => sqlStatements(sql).map(({ from, to }) => sql.slice(from, to))

describe('statements of a text', () => {
  it.each([
    ['', []],
    [' ;; -- only\n /* this; */', []],
    ['select 1', ['select 1']],
    ['select 1;', ['select 1']],
    [' select 1 ; /* a;b */ select 2 -- c;\n', ['select 1', 'select 2']],
    ["select ';''x;' ; select \"a;b\", [c;d], `e;f`", ["select ';''x;'", 'select "a;b", [c;d], `e;f`']],
    ["select 'open; select 2", ["select 'open; select 2"]],
    ['select 1 /* open; ', ['select 1']],
  ])('of %j are %j', (sql, statements) => {
    expect(textsOf(sql)).toEqual(statements)
  })

  it('are found by a cursor in them, and after them', () => {
    const sql = 'select 1; select 22 ;  '
    const at = (cursor: number): string => {
      const span = statementAt(sql, cursor)
      return span === undefined ? '' : sql.slice(span.from, span.to)
    }
    expect([0, 8, 9, 10, 22].map(at)).toEqual(['select 1', 'select 1', 'select 1', 'select 22', 'select 22'])
    expect(statementAt(' -- nothing', 3)).toBeUndefined()
  })
})
