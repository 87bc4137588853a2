import { describe, expect, it } from 'vitest'
import {
  columnName,
  fillRow,
  INTEGER_OR_NULL,
  JSON_OBJECT,
  oneOf,
  orMissing,
  selectList,
  selectUpTo,
  since,
  TEXT,
} from './column.ts'

const ROW = { id: TEXT, groupName: orMissing(TEXT, ''), forkedAtStep: since(6, INTEGER_OR_NULL) } as const

describe('a row spec', () => {
  it('names the columns of SQL after its fields', () => {
    expect(columnName('forkedAtStep')).toBe('forked_at_step')
    expect(selectList(ROW, 'r')).toBe('r.id, r.group_name, r.forked_at_step')
  })

  it('asks an older file for nothing it does not have', () => {
    expect(selectUpTo(ROW, 6)).toBe('id, group_name, forked_at_step')
    expect(selectUpTo(ROW, 5)).toBe('id, group_name, null as forked_at_step')
  })

  it('fills what is not said, and refuses a row without what has to be', () => {
    expect(fillRow(ROW, { id: 'a' })).toEqual({ id: 'a', groupName: '', forkedAtStep: null })
    expect(() => fillRow(ROW, { groupName: 'a' })).toThrow('id')
  })
})

describe('a column', () => {
  it('takes what fits it, and nothing else', () => {
    expect(INTEGER_OR_NULL.parse(7)).toBe(7)
    expect(INTEGER_OR_NULL.parse(null)).toBe(null)
    for (const other of [7.5, Number.NaN, '7', undefined, {}])
      expect(INTEGER_OR_NULL.parse(other)).toBe(undefined)
  })

  it('reads a word it does not know as the one it is told', () => {
    const status = oneOf(['running', 'killed'], 'killed')
    expect(status.decode?.('running')).toBe('running')
    expect(status.decode?.('paused')).toBe('killed')
    expect(status.parse('paused')).toBe(undefined)
  })

  it('reads an object, and one for whatever else stands there', () => {
    expect(JSON_OBJECT.decode?.('{"a":1}')).toEqual({ a: 1 })
    for (const other of ['[1]', 'null', '{', '']) expect(JSON_OBJECT.decode?.(other)).toEqual({})
  })
})
