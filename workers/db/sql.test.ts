import { beforeEach, describe, expect, it } from 'vitest'
import { openMemoryFiles } from './memory-files.ts'
import { SqlError } from './sql.ts'
import type { Sql } from './sql.ts'
import { loadEngine } from './sqlite.ts'

let sql: Sql

beforeEach(async () => {
  sql = await openMemoryFiles(await loadEngine(), 'a test').open('any')
  sql.exec('create table t (id integer primary key, name text, value real, bytes blob) strict')
})

const countRows = (): number | undefined => sql.first('select count(*) from t', [], (row) => row.number(0))

const ask = (number: number): number | undefined =>
  sql.first(`select ${number} + 1`, [], (row) => row.number(0))
const countAsked = (): number | undefined =>
  sql.first("select count(*) from sqlite_stmt where sql like 'select % + 1'", [], (row) => row.number(0))

describe('sql', () => {
  it('forgets statements that have not been used for long, and prepares them again', () => {
    for (let number = 0; number < 1000; number++) expect(ask(number)).toBe(number + 1)
    expect(countAsked()).toBeLessThanOrEqual(256)
    expect(ask(0)).toBe(1)
  })

  it('gives back what was bound, with NaN as NULL', () => {
    const bytes = Uint8Array.of(1, 2, 3)
    sql.run('insert into t values (?, ?, ?, ?)', 2 ** 53 - 1, 'ä', 0.5, bytes)
    sql.run('insert into t values (?, ?, ?, ?)', -7, '', Number.NaN, new Uint8Array(0))
    const rows = sql.all('select * from t order by id', [], (row) => [
      row.number(0),
      row.text(1),
      row.number(2),
      row.numberOrNull(2),
      row.bytes(3),
    ])
    expect(rows).toEqual([
      [-7, '', Number.NaN, null, new Uint8Array(0)],
      [2 ** 53 - 1, 'ä', 0.5, 0.5, bytes],
    ])
  })

  it('undoes a transaction that throws, and names the statement that failed', () => {
    expect(() =>
      sql.transaction(() => {
        sql.run("insert into t (name) values ('kept?')")
        sql.run('insert into t (name) values (?)', Uint8Array.of(1))
      }),
    ).toThrow('insert into t (name) values (?)')
    expect(countRows()).toBe(0)
    expect(() => sql.exec('select nothing from nowhere')).toThrow(SqlError)
    expect(() => sql.run('selec')).toThrow('in: selec')
    sql.transaction(() => sql.run("insert into t (name) values ('kept')"))
    expect(countRows()).toBe(1)
  })

  it('runs a query inside the visit of the same query', () => {
    for (let id = 1; id <= 3; id++) sql.run('insert into t (id) values (?)', id)
    const pairs: string[] = []
    const query = 'select id from t order by id'
    sql.each(query, [], (outer) => {
      const left = outer.number(0)
      sql.each(query, [], (inner) => pairs.push(`${left}${inner.number(0)}`))
    })
    expect(pairs.join(' ')).toBe('11 12 13 21 22 23 31 32 33')
  })
})

it('is of no more use once it is closed, also where the next connection lies in its place', async () => {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  const closed = await files.open('first')
  closed.close()
  const next = await files.open('second')
  expect(() => closed.exec('create table t (a)')).toThrow('closed')
  expect(() => closed.run('create table t (a)')).toThrow('closed')
  expect(closed.isInTransaction).toBe(false)
  expect(next.all('select name from sqlite_schema', [], (row) => row.text(0))).toEqual([])
  next.close()
})
