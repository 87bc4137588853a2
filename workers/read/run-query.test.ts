import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { JsonValue } from '../../src/model/json.ts'
import type { Change } from '../../src/model/log-batch.ts'
import { createRandom } from '../../src/model/seeded-random.ts'
import { printFilter } from '../../src/filter/print.ts'
import type { Literal, RunFilter } from '../../src/filter/run-filter.ts'
import { TEXT_TESTS } from '../../src/filter/syntax.ts'
import type { FilterNode, Name } from '../../src/filter/syntax.ts'
import { RUN_FIELD_NAMES } from '../../src/model/run-fields.ts'
import { METRIC_AGGREGATES, type MetricAggregate } from '../../src/model/aggregates.ts'
import {
  COMPARISONS,
  MAX_COLUMNS,
  MAX_FILTER_DEPTH,
  MAX_FILTER_PARTS,
  MAX_OPERANDS,
  MAX_SORTS,
} from '../../src/protocol/run-query.ts'
import type { Operand, RunQuery } from '../../src/protocol/run-query.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { openDatabase } from '../db/database.ts'
import type { Database } from '../db/database.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import { loadEngine } from '../db/sqlite.ts'
import { ingestBatch } from '../ingest/ingest-batch.ts'
import { makeClient, pointsOf, startOf, STARTED_AT } from '../store-suite/store.fixture.ts'
import { cellOf, findNaively } from '../store-suite/naive-query.ts'
import type { KnownRun } from '../store-suite/naive-query.ts'
import { parseRunQuery } from './parse-run-query.ts'
import { queryRuns } from './query-runs.ts'
import { resolveQuery } from './resolve-query.ts'
import { findRuns, readCells } from './run-query.ts'
import type { ResolvedQuery } from './run-query-sql.ts'

const KEYS = [
  'lr',
  'val/acc',
  `o'"$.[0]`,
  '$',
  '',
  'größe',
  '__proto__',
  'optimizer',
  'optimizer.lr',
  'missing',
]
/** What nobody wrote, and what lies in what somebody wrote. */
const PATHS = [
  'optimizer.lr',
  'optimizer.layers.0.units',
  'optimizer.a.b',
  'lr.a',
  'optimizer.none.at.all',
  'a.',
]
const VALUES: readonly JsonValue[] = [
  0,
  -0.5,
  1,
  2,
  10,
  1e21,
  0.1,
  true,
  false,
  null,
  '',
  '1',
  '1e-3',
  ' 10 ',
  '+.5',
  '1,5',
  '1e999',
  'run 2',
  'run 10',
  'adam',
  'Adam W',
  'z"\'',
  'NaN',
  'größe',
  [1, 2],
  { a: 1 },
  { lr: 0.01, layers: [{ units: 8 }] },
  { lr: '0.02', 'a.b': 'x', layers: [{ units: '16' }, 3] },
  { a: { b: [1, 2] }, lr: null },
]
const EXPERIMENTS = ['digits', 'letters']

let database: Database
const runs: KnownRun[] = []

beforeAll(async () => {
  database = await openDatabase(openMemoryFiles(await loadEngine(), 'a test'), OWN_DATABASE)
  const random = createRandom(1)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const drawRecord = <T>(draw: () => T): Record<string, T> =>
    Object.fromEntries(KEYS.slice(0, -1).flatMap((key) => (random() < 0.6 ? [[key, draw()]] : [])))
  const client = makeClient('page')
  for (let index = 0; index < 120; index++) {
    const id = `run ${index}`
    const experiment = pick(EXPERIMENTS)
    const params = drawRecord(() => pick(VALUES))
    const tags = drawRecord(() => String(pick(VALUES)))
    const summary = drawRecord(() => pick(VALUES))
    const start = {
      name: pick(['adam', 'Adam', 'sgd']),
      startedAt: STARTED_AT + Math.floor(random() * 20),
      groupName: pick([null, 'sweep', 'other']),
      jobType: pick([null, 'train']),
      color: pick([null, 'series-1']),
      notes: pick(['', 'a note']),
      host: index % 3 === 0 ? null : index % 3 === 1 ? 'page' : 'worker',
    }
    const endedAt = random() < 0.5 ? start.startedAt + Math.floor(random() * 5) : null
    const removed = random() < 0.1
    const archivedAt = random() < 0.15 ? endedAt : null
    const points = drawRecord(() => Array.from({ length: 1 + Math.floor(random() * 3) }, () => drawPoint()))
    const changes: Change[] = [
      startOf(id, { ...start, params, tags, experiment: { id: experiment, name: experiment } }),
      { type: 'setSummary', runId: id, summary },
    ]
    if (endedAt !== null) changes.push({ type: 'endRun', runId: id, status: 'finished', endedAt })
    if (removed) changes.push({ type: 'removeRuns', runIds: [id], removedAt: 1 })
    if (archivedAt !== null) changes.push({ type: 'archiveRuns', runIds: [id], archivedAt })
    const drawn = Object.entries(points).map(([key, list]) => ({ runId: id, key, points: list }))
    const outcome = ingestBatch(database, client.batch(changes, pointsOf(...drawn)), 0)
    if (!outcome.ok) throw new Error(outcome.error.message)
    const { groupName: group, ...fields } = start
    const status = endedAt === null ? 'running' : 'finished'
    const duration = endedAt === null ? null : endedAt - start.startedAt
    runs.push({
      id,
      experimentId: experiment,
      removed,
      fields: { ...fields, id, group, status, endedAt, duration, archivedAt },
      params,
      tags,
      summary,
      metrics: Object.fromEntries(Object.entries(points).map(([key, list]) => [key, summarise(list)])),
    })
  }

  function drawPoint(): readonly [number, number] {
    return [Math.floor(random() * 10), pick([0, 1, 2, -0.5, Number.NaN, Infinity, 10])]
  }
})

function summarise(points: readonly (readonly [number, number])[]): Record<MetricAggregate, number> {
  const values = points.map(([, value]) => value)
  const finite = values.filter(Number.isFinite)
  const isEmpty = finite.length === 0
  return {
    last: values.at(-1) ?? Number.NaN,
    first: values[0] ?? Number.NaN,
    min: isEmpty ? Number.NaN : Math.min(...finite),
    max: isEmpty ? Number.NaN : Math.max(...finite),
    mean: isEmpty ? Number.NaN : finite.reduce((a, b) => a + b) / finite.length,
    std: Number.NaN,
    count: values.length,
    lastStep: points.at(-1)?.[0] ?? Number.NaN,
  }
}

const anyKey = fc.constantFrom(...KEYS, ...PATHS)
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

const ALL: RunQuery = {
  database: OWN_DATABASE,
  experimentIds: null,
  filter: '',
  sort: [],
  offset: 0,
  limit: 10,
  columns: [],
}

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

describe('a query of runs', () => {
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
