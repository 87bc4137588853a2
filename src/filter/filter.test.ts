import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { METRIC_AGGREGATES } from '../model/aggregates.ts'
import { COMPARISONS, MAX_FILTER_DEPTH } from '../protocol/run-query.ts'
import { expectedAfter, parseFilter } from './parse.ts'
import { printFilter } from './print.ts'
import { TEXT_TESTS, TIME_UNITS } from './syntax.ts'
import type { FilterNode, Name, Value } from './syntax.ts'

const SPAN = { from: 0, to: 0 }

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'lr',
    'val/acc',
    'a b',
    'a.b',
    'loss.min',
    'and',
    'NOT',
    'tag',
    'null',
    'true',
    'inf',
    'min',
    'ago',
    '5m',
    '',
    '"',
    '\\',
    "'",
    'größe',
    '2026-11-01',
    'مقياس',
    '🙂',
    'constructor',
    'learning-rate:x',
  ),
)
const anyName: fc.Arbitrary<Name> = fc
  .record({
    scope: fc.constantFrom(
      'any' as const,
      'param' as const,
      'tag' as const,
      'metric' as const,
      'summary' as const,
    ),
    key: anyText,
    aggregate: fc.option(fc.constantFrom(...METRIC_AGGREGATES), { nil: null }),
  })
  .map(({ scope, key, aggregate }) => ({
    ...SPAN,
    scope,
    key,
    aggregate: scope === 'any' || scope === 'metric' ? aggregate : null,
  }))
const anyNumber = fc.double({ noNaN: true }).map((number) => number || 0)
const anyAmount = fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number || 0)
const anyValue: fc.Arbitrary<Value> = fc.oneof(
  anyText.map((text): Value => ({ ...SPAN, kind: 'text', text })),
  fc
    .constantFrom('finished', 'cnn', 'val/acc', 'a-b')
    .map((text): Value => ({ ...SPAN, kind: 'word', text })),
  anyNumber.map((number): Value => ({ ...SPAN, kind: 'number', number })),
  fc.boolean().map((boolean): Value => ({ ...SPAN, kind: 'boolean', boolean })),
  fc
    .record({
      kind: fc.constantFrom('duration' as const, 'ago' as const),
      amount: anyAmount,
      unit: fc.constantFrom(...TIME_UNITS),
    })
    .map((value): Value => ({ ...SPAN, ...value })),
  fc
    .constantFrom('2026-11-01', '2026-11-01T12:30', '2026-11-01T12:30:05.5Z', '2026-11-01T12:30+02:00')
    .map((text): Value => ({ ...SPAN, kind: 'time', text })),
)
const { filter: anyFilter } = fc.letrec<{ filter: FilterNode; leaf: FilterNode }>((tie) => ({
  leaf: fc.oneof(
    fc
      .record({ name: anyName, op: fc.constantFrom(...COMPARISONS), value: anyValue })
      .map((part): FilterNode => ({ ...SPAN, kind: 'compare', ...part })),
    fc
      .record({
        name: anyName,
        values: fc.array(anyValue, { minLength: 1, maxLength: 4 }),
        isNegated: fc.boolean(),
      })
      .map((part): FilterNode => ({ ...SPAN, kind: 'in', ...part })),
    fc
      .record({ name: anyName, test: fc.constantFrom(...TEXT_TESTS), text: anyText, isNegated: fc.boolean() })
      .map((part): FilterNode => ({ ...SPAN, kind: 'text', textSpan: SPAN, ...part })),
    fc
      .record({ name: anyName, isNegated: fc.boolean() })
      .map((part): FilterNode => ({ ...SPAN, kind: 'null', ...part })),
  ),
  filter: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('leaf'),
    tie('filter').map((part): FilterNode => ({ ...SPAN, kind: 'not', part })),
    fc
      .record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        parts: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }),
      })
      .map((part): FilterNode => ({ ...SPAN, ...part })),
  ),
}))

/** The filter without the places it was written at. */
function withoutSpans(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSpans)
  if (typeof value !== 'object' || value === null) return value
  const rest = Object.entries(value).filter(([key]) => key !== 'from' && key !== 'to')
  return Object.fromEntries(rest.map(([key, part]) => [key, withoutSpans(part)]))
}

function parsed(text: string): FilterNode | null {
  const result = parseFilter(text)
  if (!result.ok) throw new Error(`${text}: ${result.error.message}`)
  return result.value
}

function what(text: string): string | undefined {
  return expectedAfter(text)?.what
}

function problemOf(text: string): { at: string; message: string; fix: string | null } {
  const result = parseFilter(text)
  if (result.ok) throw new Error(`${text} is right`)
  const { from, to, message, fix } = result.error
  return { at: text.slice(from, to), message, fix }
}

describe('the filter language', () => {
  it('reads what it prints as the same filter', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        const text = printFilter(filter)
        const again = parsed(text)
        expect(withoutSpans(again)).toEqual(withoutSpans(filter))
        expect(again === null ? '' : printFilter(again)).toBe(text)
      }),
      { numRuns: 1000 },
    )
  })

  it('answers to any text with a filter or with a place inside it', () => {
    const pieces = fc.array(
      fc.constantFrom(
        'lr',
        ' ',
        '>',
        '0.1',
        '(',
        ')',
        'and',
        'or',
        'not',
        '"a"',
        '"',
        '.',
        'in',
        ',',
        'is',
        'null',
        '!',
        '~',
        '-',
        '5 m',
        'ago',
        '§',
      ),
      { maxLength: 14 },
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          pieces.map((list) => list.join(' ')),
        ),
        (text) => {
          const result = parseFilter(text)
          if (result.ok) return
          const { from, to, message } = result.error
          expect(from).toBeGreaterThanOrEqual(0)
          expect(to).toBeGreaterThanOrEqual(from)
          expect(to).toBeLessThanOrEqual(text.length)
          expect(message).toMatch(/[.!?]$/)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('reads what the workspace shows as its example', () => {
    const filter = parsed('val/acc > 0.9 and (lr < 0.01 or tag.model = "cnn") and status = finished')
    expect(filter === null ? '' : printFilter(filter)).toBe(
      'val/acc > 0.9 and (lr < 0.01 or tag.model = "cnn") and status = finished',
    )
  })

  it('takes the spellings of other languages', () => {
    const filter = parsed("lr==1e-3 && !(name ~ '^a' || params.x <> 2) and loss.min !~ `b`")
    expect(filter === null ? '' : printFilter(filter)).toBe(
      'lr = 0.001 and not (name matches "^a" or param.x != 2) and loss.min not matches "b"',
    )
  })

  it('binds and closer than or, and not closer than both', () => {
    const filter = parsed('not a = 1 and b = 2 or c = 3')
    expect(withoutSpans(filter)).toEqual(withoutSpans(parsed('((not (a = 1)) and (b = 2)) or (c = 3)')))
  })

  it('says where it is wrong and what to write', () => {
    expect(problemOf('lr > ')).toMatchObject({ at: '', message: 'Expected a value.' })
    expect(problemOf('lr > 1 model = 2').at).toBe('model')
    expect(problemOf('tag.model = res net').message).toContain('quotes')
    expect(problemOf('(lr > 1').at).toBe('(')
    expect(problemOf('lr > 1)').at).toBe(')')
    expect(problemOf('lr = null')).toMatchObject({ at: '= null', fix: 'is null' })
    expect(problemOf('lr != null').fix).toBe('is not null')
    expect(problemOf('name = "abc').fix).toBe('"abc"')
    expect(problemOf('lr § 1').at).toBe('§')
    expect(problemOf('started > 2026-13-45').message).toContain('no such day')
    expect(problemOf(`${'('.repeat(MAX_FILTER_DEPTH + 1)}lr = 1`).message).toContain('nested')
    expect(problemOf('x'.repeat(30_000)).message).toContain('characters')
  })

  it('knows what may come next', () => {
    expect(what('')).toBe('name')
    expect(what('lr > 1 and ')).toBe('name')
    expect(what('not ')).toBe('name')
    expect(what('(')).toBe('name')
    expect(what('tag.')).toBe('name')
    expect(what('lr ')).toBe('operator')
    expect(what('lr > ')).toBe('value')
    expect(what('lr in (')).toBe('value')
    expect(what('lr in (1, ')).toBe('value')
    expect(what('lr > 1 ')).toBe('connective')
    expect(what('(lr > 1 ')).toBe('connective')
    expect(what('lr > 1 ) ')).toBeUndefined()
    expect(expectedAfter('started > 2 ')).toMatchObject({ last: { value: { kind: 'number' } } })
  })
})
