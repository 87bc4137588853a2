import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { printFilter } from '../../src/filter/print.ts'
import { type RunFilter } from '../../src/filter/run-filter.ts'
import { TEXT_TESTS, type FilterNode, type Name } from '../../src/filter/syntax.ts'
import { RUN_FIELD_NAMES } from '../../src/model/run-fields.ts'
import { MAX_OPERANDS, type Operand } from '../../src/protocol/run-query.ts'
import { type Database } from '../db/database.ts'
import { findNaively, type KnownRun } from '../store-suite/naive-query.ts'
import { queryRuns } from './query-runs.ts'
import { resolveQuery } from './resolve-query.ts'
import { ALL, anyKey, openKnownRuns } from '../store-suite/known-runs.fixture.ts'

let database: Database
let runs: readonly KnownRun[]

beforeAll(async () => {
  ;({ database, runs } = await openKnownRuns())
})

const SPAN = { from: 0, to: 0 }
const anyName: fc.Arbitrary<Name> = fc.oneof(
  fc
    .constantFrom('status', 'name', 'group', 'notes', 'id')
    .map((key) => ({ ...SPAN, scope: 'any' as const, key, aggregate: null })),
  fc
    .record({ scope: fc.constantFrom('param' as const, 'tag' as const, 'summary' as const), key: anyKey })
    .map((name) => ({ ...SPAN, ...name, aggregate: null })),
)
const anyText = fc.constantFrom('a%', '%d_m', 'SGD', '%', '', 'ö', '1', '_', 'adam', '%"')
const anyPattern = fc.constantFrom('^a', 'd.m', '[0-9]', '', 'ö$', '"')
/** Conditions on texts: what is left of them are lists, so the database is asked what it never is by the filters above. */
const anyTextFilter: fc.Arbitrary<FilterNode> = fc.oneof(
  fc
    .record({
      name: anyName,
      test: fc.constantFrom(...TEXT_TESTS),
      like: anyText,
      pattern: anyPattern,
      isNegated: fc.boolean(),
    })
    .map(({ name, test, like, pattern, isNegated }): FilterNode => ({
      ...SPAN,
      kind: 'text',
      name,
      test,
      text: test === 'matches' ? pattern : like,
      textSpan: SPAN,
      isNegated,
    })),
  fc
    .record({ name: anyName, isNegated: fc.boolean() })
    .map((part): FilterNode => ({ ...SPAN, kind: 'null', ...part })),
)

/** What a text filter means, from its tree alone. */
function meaningOf(node: FilterNode): RunFilter {
  if (node.kind !== 'text' && node.kind !== 'null') throw new Error(node.kind)
  const { scope, key } = node.name
  const operand: Operand =
    scope === 'any'
      ? { from: 'run', field: RUN_FIELD_NAMES.find((field) => field === key) ?? 'id' }
      : { from: scope === 'metric' ? 'param' : scope, key }
  const filter: RunFilter =
    node.kind === 'null' ? { op: 'exists', operand } : { op: node.test, operand, text: node.text }
  const isNegated = node.kind === 'null' ? !node.isNegated : node.isNegated
  return isNegated ? { op: 'not', filter } : filter
}

describe('a filter as it is written', () => {
  it('finds by a written filter what looking at every run finds', () => {
    fc.assert(
      fc.property(anyTextFilter, anyTextFilter, (a, b) => {
        const filter = printFilter({ ...SPAN, kind: 'or', parts: [a, b] })
        const found = queryRuns(database, { ...ALL, filter, limit: 1000 })
        if (!found.ok) throw new Error(found.error.message)
        const meaning: RunFilter = { op: 'or', filters: [meaningOf(a), meaningOf(b)] }
        const expected = findNaively(runs, { ...ALL, filter: meaning })
        expect(found.value.runIds).toEqual(expected.map(({ id }) => id))
      }),
      { numRuns: 500 },
    )
  }, 30_000)

  it('knows what a bare name is of, and where a name is of nothing', () => {
    const found = queryRuns(database, { ...ALL, filter: '"val/acc".max >= 1 and größe != 1' })
    expect(found.ok).toBe(true)
    const wrong = queryRuns(database, { ...ALL, filter: 'lr > 1 and val/ac > 1' })
    expect(wrong).toMatchObject({ error: { code: 'filter-wrong', at: { from: 11, to: 17, fix: 'val/acc' } } })
    expect(queryRuns(database, { ...ALL, filter: 'name matches "("' })).toMatchObject({
      error: { code: 'filter-wrong', at: { from: 13, to: 16 } },
    })
    expect(queryRuns(database, { ...ALL, filter: 'lr >' })).toMatchObject({ error: { code: 'filter-wrong' } })
  })

  it('refuses a filter of too many names', () => {
    const filter = Array.from({ length: MAX_OPERANDS + 1 }, (_, index) => `param.p${index} = 1`).join(' or ')
    expect(resolveQuery(database, { ...ALL, filter }, 0)).toMatchObject({
      error: { code: 'query-malformed' },
    })
  })
})
