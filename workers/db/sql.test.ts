import { BYTES, INTEGER, NUMBER, REAL_OR_NULL, TEXT } from '../../src/model/column.ts'
import { beforeEach, describe, expect, it } from 'vitest'
import { openMemoryFiles } from './memory-files.ts'
import { SqlError } from './sql.ts'
import type { Sql } from './sql.ts'
import { loadEngine } from './sqlite.ts'

const ID = { id: INTEGER } as const
const ROW = { id: INTEGER, name: TEXT, value: NUMBER, bytes: BYTES } as const

let sql: Sql

beforeEach(async () => {
  sql = await openMemoryFiles(await loadEngine(), 'a test').open('any')
  sql.exec('create table t (id integer primary key, name text, value real, bytes blob) strict')
})

const countRows = (): number | undefined => sql.value('select count(*) from t', [], NUMBER)

const ask = (number: number): number | undefined => sql.value(`select ${number} + 1`, [], NUMBER)
const countAsked = (): number | undefined =>
  sql.value("select count(*) from sqlite_stmt where sql like 'select % + 1'", [], NUMBER)

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
    const rows = sql.all('select * from t order by id', [], ROW)
    expect(rows).toEqual([
      { id: -7, name: '', value: Number.NaN, bytes: new Uint8Array(0) },
      { id: 2 ** 53 - 1, name: 'ä', value: 0.5, bytes },
    ])
    expect(sql.column('select value from t order by id', [], REAL_OR_NULL)).toEqual([null, 0.5])
  })

  it('finds columns by their names, whatever their order, and names the one that is missing', () => {
    sql.run("insert into t (id, name) values (1, 'one')")
    expect(sql.first('select name, id from t', [], { id: INTEGER, name: TEXT })).toEqual({
      id: 1,
      name: 'one',
    })
    const ask = (): unknown => sql.first('select id from t', [], { id: INTEGER, startedAt: NUMBER })
    expect(ask).toThrow('no column started_at in: select id from t')
    // What failed to be read left nothing behind.
    expect(countRows()).toBe(1)
  })

  it('hands out rows to keep, and rows that are only there while they are visited', () => {
    for (let id = 1; id <= 2; id++) sql.run('insert into t (id) values (?)', id)
    const query = 'select id from t order by id'
    expect(sql.all(query, [], ID)).toEqual([{ id: 1 }, { id: 2 }])
    const visited: { readonly id: number }[] = []
    sql.each(query, [], ID, (row) => visited.push(row))
    expect(visited[0]).toBe(visited[1])
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
    sql.each(query, [], ID, ({ id: left }) => {
      sql.each(query, [], ID, ({ id: right }) => pairs.push(`${left}${right}`))
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
  expect(next.column('select name from sqlite_schema', [], TEXT)).toEqual([])
  next.close()
})
