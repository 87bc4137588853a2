import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Literal, type RunFilter } from '../../src/filter/run-filter.ts'
import { RUN_FIELD_NAMES } from '../../src/model/run-fields.ts'
import { METRIC_AGGREGATES } from '../../src/model/aggregates.ts'
import {
  COMPARISONS,
  MAX_COLUMNS,
  MAX_FILTER_DEPTH,
  MAX_FILTER_PARTS,
  MAX_OPERANDS,
  MAX_SORTS,
  type Operand,
} from '../../src/protocol/run-query.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { type Database } from '../db/database.ts'
import { ingestBatch } from '../ingest/ingest-batch.ts'
import { makeClient, pointsOf, startOf, STARTED_AT } from '../store-suite/store.fixture.ts'
import { cellOf, findNaively, type KnownRun } from '../store-suite/naive-query.ts'
import { parseRunQuery } from './parse-run-query.ts'
import { findRuns, readCells } from './run-query.ts'
import { type ResolvedQuery } from './run-query-sql.ts'
import { ALL, EXPERIMENTS, VALUES, anyKey, openKnownRuns } from '../store-suite/known-runs.fixture.ts'

let database: Database
let runs: readonly KnownRun[]

beforeAll(async () => {
  ;({ database, runs } = await openKnownRuns())
})

const anyOperand: fc.Arbitrary<Operand> = fc.oneof(
  fc.record({ from: fc.constant('run' as const), field: fc.constantFrom(...RUN_FIELD_NAMES) }),
  fc.record({ from: fc.constantFrom('param' as const, 'tag' as const, 'summary' as const), key: anyKey }),
  fc.record({
    from: fc.constant('metric' as const),
    key: anyKey,
    // Of a mean of thirds and of a root the last digit may differ.
    aggregate: fc.constantFrom(...METRIC_AGGREGATES.filter((each) => each !== 'mean' && each !== 'std')),
  }),
)
const anyLiteral: fc.Arbitrary<Literal> = fc.constantFrom(
  ...VALUES.filter((value): value is Literal => typeof value !== 'object' || value === null),
  STARTED_AT + 5,
  Infinity,
  'running',
  'sweep',
  'run 7',
)
const { filter: anyFilter } = fc.letrec<{ filter: RunFilter; leaf: RunFilter }>((tie) => ({
  leaf: fc.oneof(
    fc.record({ op: fc.constantFrom(...COMPARISONS), operand: anyOperand, literal: anyLiteral }),
    fc.record({ op: fc.constant('exists' as const), operand: anyOperand }),
    fc.record({
      op: fc.constant('in' as const),
      operand: anyOperand,
      literals: fc.array(anyLiteral, { maxLength: 4 }),
    }),
    fc.record({
      op: fc.constant('contains' as const),
      operand: anyOperand,
      text: fc.constantFrom('a', 'DAM', '%', '', 'ö', '"'),
    }),
  ),
  filter: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('leaf'),
    fc.record({ op: fc.constant('not' as const), filter: tie('filter') }),
    fc.record({
      op: fc.constantFrom('and' as const, 'or' as const),
      filters: fc.array(tie('filter'), { maxLength: 3 }),
    }),
  ),
}))
const anyQuery: fc.Arbitrary<ResolvedQuery> = fc.record({
  database: fc.constant(OWN_DATABASE),
  experimentIds: fc.constantFrom(null, null, EXPERIMENTS, ['digits'], []),
  filter: fc.oneof(fc.constant(null), anyFilter),
  sort: fc.array(
    fc.record({
      by: anyOperand,
      direction: fc.constantFrom('ascending' as const, 'descending' as const),
    }),
    { maxLength: 3 },
  ),
  offset: fc.constantFrom(0, 0, 1, 7, 500),
  limit: fc.constantFrom(0, 1, 20, 1000),
  columns: fc.array(anyOperand, { maxLength: 3 }),
})

describe('a query of runs', () => {
  it('finds what looking at every run finds, in the same order', () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        const found = findRuns(database, query)
        const expected = findNaively(runs, query)
        const page = expected.slice(query.offset, query.offset + query.limit)
        expect(found.total).toBe(expected.length)
        expect(found.runIds).toEqual(page.map(({ id }) => id))
        expect(found.columns).toEqual(query.columns.map((operand) => page.map((run) => cellOf(run, operand))))
      }),
      { numRuns: 1000 },
    )
  }, 30_000)

  it('is refused when it is malformed', () => {
    const operand: Operand = { from: 'param', key: 'lr' }
    const wrongs: readonly unknown[] = [
      null,
      'select 1',
      { limit: -1 },
      { limit: 1e9 },
      { offset: 0.5 },
      { sort: null },
      { columns: [null] },
      { database: 1 },
      { experimentIds: [1] },
      { experimentIds: undefined },
      { filter: undefined },
      { filter: null },
      { filter: 'x'.repeat(100_000) },
      { columns: [{ from: 'params; drop table runs', key: 'lr' }] },
      { columns: [{ from: 'metric', key: 'lr', aggregate: 'toString' }] },
      { sort: [{ by: { from: 'run', field: 'constructor' }, direction: 'ascending' }] },
      { sort: [{ by: operand, direction: 'asc' }] },
      { columns: [{ from: 'tag', key: 'x'.repeat(100_000) }] },
    ]
    for (const wrong of wrongs) {
      const query = typeof wrong === 'object' && wrong !== null ? { ...ALL, ...wrong } : wrong
      const parsed = parseRunQuery(query)
      expect([wrong, parsed.ok ? 'taken' : parsed.error.code]).toEqual([wrong, 'query-malformed'])
    }
    expect(parseRunQuery(ALL)).toEqual({ ok: true, value: ALL })
  })

  it('is answered at its largest', () => {
    const operands = Array.from({ length: MAX_OPERANDS }, (_, index): Operand => {
      const from = (['param', 'tag', 'summary', 'metric'] as const)[index % 4] ?? 'param'
      const key = `key ${index}`
      return from === 'metric' ? { from, key, aggregate: 'last' } : { from, key }
    })
    const filters = Array.from({ length: MAX_FILTER_PARTS - MAX_FILTER_DEPTH }, (_, index): RunFilter => {
      const operand = operands[index % operands.length] ?? { from: 'run', field: 'id' }
      return index % 2 === 0
        ? { op: '!=', operand, literal: 'a' }
        : { op: 'in', operand, literals: [index, 'b', true, null] }
    })
    let filter: RunFilter = { op: 'or', filters }
    for (let depth = 2; depth < MAX_FILTER_DEPTH; depth++) filter = { op: 'not', filter }
    const sort = operands.slice(0, MAX_SORTS).map((by) => ({ by, direction: 'ascending' as const }))
    const columns = Array.from({ length: MAX_COLUMNS }, (_, index): Operand => ({
      from: 'tag',
      key: `${index}`,
    }))
    const { total, columns: cells } = findRuns(database, { ...ALL, filter, sort, columns })
    expect([total, cells.length]).toEqual([0, MAX_COLUMNS])
  })

  it('takes params and summaries that are no JSON for the text they are', () => {
    database.sql.run("insert into params (run_id, key, value) values ('run 0', 'odd', '12 abc')")
    database.sql.run("update runs set summary = 'no json' where id = 'run 0'")
    const odd: Operand = { from: 'param', key: 'odd' }
    const filter: RunFilter = { op: '=', operand: odd, literal: '12 abc' }
    const sort = [{ by: { from: 'summary', key: 'lr' }, direction: 'ascending' }] as const
    const found = findRuns(database, {
      ...ALL,
      filter,
      sort,
      columns: [odd, { from: 'summary', key: 'lr' }],
    })
    expect(found).toEqual({ total: 1, runIds: ['run 0'], columns: [['12 abc'], [null]] })
  })

  it('tells a metric that is NaN from one that was never logged', () => {
    const start = startOf('run nan', { experiment: { id: 'apart', name: 'apart' } })
    const other = startOf('run none', { experiment: { id: 'apart', name: 'apart' } })
    const points = pointsOf({ runId: 'run nan', key: 'loss', points: [[0, Number.NaN]] })
    expect(ingestBatch(database, makeClient('another page').batch([start, other], points), 0).ok).toBe(true)
    const columns: readonly Operand[] = [{ from: 'metric', key: 'loss', aggregate: 'last' }]
    expect(readCells(database, { runIds: ['run none', 'run nan'], columns }).columns).toEqual([[null, 'NaN']])
  })
})
