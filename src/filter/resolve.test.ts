import { describe, expect, it } from 'vitest'
import { parseFilter } from './parse.ts'
import { resolveFilter } from './resolve.ts'
import type { KnownNames } from './resolve.ts'
import type { RunFilter } from './run-filter.ts'
import type { FilterProblem } from './syntax.ts'

const KINDS = new Map<string, 'metric' | 'param' | 'tag'>([
  ['loss', 'metric'],
  ['lr', 'param'],
  ['optimizer.lr', 'param'],
  ['seed', 'param'],
  ['seed.first', 'param'],
  ['loss.min', 'metric'],
  ['model', 'tag'],
])
const KNOWN: KnownNames = {
  kindOf: (key) => KINDS.get(key) ?? null,
  all: () => KINDS.keys(),
  patternProblem: (pattern) => (pattern === '(' ? 'A bracket is never closed.' : null),
}
const NOW = Date.UTC(2026, 10, 21, 12)

function resolve(text: string): RunFilter | FilterProblem {
  const parsed = parseFilter(text)
  if (!parsed.ok || parsed.value === null) throw new Error(text)
  const resolved = resolveFilter(parsed.value, KNOWN, NOW)
  return resolved.ok ? resolved.value : resolved.error
}

function problem(text: string): { at: string; message: string; fix: string | null } {
  const found = resolve(text)
  if (!('message' in found)) throw new Error(`${text} is right`)
  return { at: text.slice(found.from, found.to), message: found.message, fix: found.fix }
}

const of = (text: string): unknown => Object(resolve(text))['operand']

describe('the meaning of a filter', () => {
  it('finds out what a bare name is of', () => {
    expect(resolve('loss < 1')).toMatchObject({ operand: { from: 'metric', key: 'loss', aggregate: 'last' } })
    expect(resolve('loss.min < 1')).toMatchObject({ operand: { key: 'loss', aggregate: 'min' } })
    expect(resolve('"loss.min" < 1')).toMatchObject({ operand: { key: 'loss.min', aggregate: 'last' } })
    expect(resolve('optimizer.lr < 1')).toMatchObject({ operand: { from: 'param', key: 'optimizer.lr' } })
    expect(resolve('tag.model = cnn')).toMatchObject({
      operand: { from: 'tag', key: 'model' },
      literal: 'cnn',
    })
    expect(resolve('param.not_there = 1')).toMatchObject({ operand: { from: 'param', key: 'not_there' } })
    expect(resolve('status = failed')).toMatchObject({ operand: { from: 'run', field: 'status' } })
  })

  it('asks what a param was at first, or is now, unless one has that name', () => {
    expect(of('lr.first > 1')).toEqual({ from: 'param', key: 'lr', at: 'first' })
    expect(of('param.lr.first > 1')).toEqual({ from: 'param', key: 'lr', at: 'first' })
    expect(of('optimizer.lr.first > 1')).toEqual({ from: 'param', key: 'optimizer.lr', at: 'first' })
    expect(of('lr.last > 1')).toEqual({ from: 'param', key: 'lr' })
    expect(of('seed.first > 1')).toEqual({ from: 'param', key: 'seed.first' })
    expect(of('loss.first > 1')).toEqual({ from: 'metric', key: 'loss', aggregate: 'first' })
  })

  it('reads times and durations', () => {
    expect(resolve('started > 2 days ago')).toMatchObject({ literal: NOW - 2 * 86_400_000 })
    expect(resolve('started > 2026-11-01')).toMatchObject({ literal: new Date(2026, 10, 1).getTime() })
    expect(resolve('ended < "2026-11-01T12:30Z"')).toMatchObject({ literal: Date.UTC(2026, 10, 1, 12, 30) })
    expect(resolve('duration > 5 minutes')).toMatchObject({ literal: 300_000 })
    expect(resolve('duration > 90')).toMatchObject({ literal: 90_000 })
  })

  it('takes numbers for the texts that tags are', () => {
    expect(resolve('model = 3')).toMatchObject({ literal: '3' })
    expect(resolve('model > 3')).toMatchObject({ op: '>', literal: 3 })
    expect(problem('name > 3').message).toContain('text')
  })

  it('says where a name or a value is wrong, and what was meant', () => {
    expect(problem('lr > 1 and optimzer.lr > 2')).toMatchObject({ at: 'optimzer.lr', fix: '"optimizer.lr"' })
    expect(problem('modle = cnn')).toMatchObject({ at: 'modle', fix: 'model' })
    expect(problem('something_else = 1').fix).toBeNull()
    expect(problem('status = finishd')).toMatchObject({ at: 'finishd', fix: 'finished' })
    expect(problem('loss > high').at).toBe('high')
    expect(problem('started > yesterday').at).toBe('yesterday')
    expect(problem('started > 2 days')).toMatchObject({ at: '2 days', fix: '2 days ago' })
    expect(problem('lr > 2 days').message).toContain('times')
    expect(problem('loss contains a').message).toContain('no text')
    expect(problem('name matches "("')).toMatchObject({ at: '"("', message: 'A bracket is never closed.' })
  })
})
