import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { JsonValue } from '../../src/model/json.ts'
import type { Change } from '../../src/model/log-batch.ts'
import {
  COMPARISONS,
  MAX_COLUMNS,
  MAX_FILTER_DEPTH,
  MAX_FILTER_PARTS,
  MAX_OPERANDS,
  MAX_SORTS,
  METRIC_AGGREGATES,
  RUN_FIELDS,
} from '../../src/protocol/run-query.ts'
import type { Filter, Literal, Operand, RunQuery } from '../../src/protocol/run-query.ts'
import { OWN_DATABASE } from '../../src/protocol/tracker-api.ts'
import { openDatabase } from '../db/database.ts'
import type { Database } from '../db/database.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import { loadEngine } from '../db/sqlite.ts'
import { ingestBatch } from '../ingest/ingest-batch.ts'
import { makeClient, makeRandom, pointsOf, startOf, STARTED_AT } from '../store-suite/fixture.ts'
import { findNaively, valueOf } from '../store-suite/naive-query.ts'
import type { KnownRun } from '../store-suite/naive-query.ts'
import { parseRunQuery } from './parse-run-query.ts'
import { queryRuns } from './run-query.ts'

const KEYS = ['lr', 'val/acc', `o'"$.[0]`, '$', '', 'größe', '__proto__', 'missing']
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
  'adam',
  'Adam W',
  'z"\'',
  'NaN',
  'größe',
  [1, 2],
  { a: 1 },
]
const EXPERIMENTS = ['digits', 'letters']

let database: Database
const runs: KnownRun[] = []

beforeAll(async () => {
  database = await openDatabase(openMemoryFiles(await loadEngine(), 'a test'), OWN_DATABASE, () => undefined)
  const random = makeRandom(1)
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
    }
    const endedAt = random() < 0.5 ? start.startedAt + Math.floor(random() * 5) : null
    const removed = random() < 0.1
    const points = drawRecord(() => Array.from({ length: 1 + Math.floor(random() * 3) }, () => drawPoint()))
    const changes: Change[] = [
      startOf(id, { ...start, params, tags, experiment: { id: experiment, name: experiment } }),
      { type: 'setSummary', runId: id, summary },
    ]
    if (endedAt !== null) changes.push({ type: 'endRun', runId: id, status: 'finished', endedAt })
    if (removed) changes.push({ type: 'removeRuns', runIds: [id], removedAt: 1 })
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
      fields: { ...fields, id, group, status, endedAt, duration },
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

function summarise(points: readonly (readonly [number, number])[]): Record<string, number> {
  const values = points.map(([, value]) => value)
  const finite = values.filter(Number.isFinite)
  const isEmpty = finite.length === 0
  return {
    last: values.at(-1) ?? Number.NaN,
    first: values[0] ?? Number.NaN,
    min: isEmpty ? Number.NaN : Math.min(...finite),
    max: isEmpty ? Number.NaN : Math.max(...finite),
    mean: isEmpty ? Number.NaN : finite.reduce((a, b) => a + b) / finite.length,
    count: values.length,
    lastStep: points.at(-1)?.[0] ?? Number.NaN,
  }
}

const anyKey = fc.constantFrom(...KEYS)
const anyOperand: fc.Arbitrary<Operand> = fc.oneof(
  fc.record({ from: fc.constant('run' as const), field: fc.constantFrom(...RUN_FIELDS) }),
  fc.record({ from: fc.constantFrom('param' as const, 'tag' as const, 'summary' as const), key: anyKey }),
  fc.record({
    from: fc.constant('metric' as const),
    key: anyKey,
    // Of a mean of thirds the last digit may differ.
    aggregate: fc.constantFrom(...METRIC_AGGREGATES.filter((aggregate) => aggregate !== 'mean')),
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
const { filter: anyFilter } = fc.letrec<{ filter: Filter; leaf: Filter }>((tie) => ({
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
const anyQuery: fc.Arbitrary<RunQuery> = fc.record({
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
  filter: null,
  sort: [],
  offset: 0,
  limit: 10,
  columns: [],
}

describe('a query of runs', () => {
  it('finds what looking at every run finds, in the same order', () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        const parsed = parseRunQuery(structuredClone(query))
        if (!parsed.ok) throw new Error(parsed.error.message)
        const found = queryRuns(database, parsed.value)
        const expected = findNaively(runs, query)
        const page = expected.slice(query.offset, query.offset + query.limit)
        expect(found.total).toBe(expected.length)
        expect(found.runIds).toEqual(page.map(({ id }) => id))
        expect(found.columns).toEqual(
          query.columns.map((operand) => page.map((run) => valueOf(run, operand) ?? null)),
        )
      }),
      { numRuns: 1000 },
    )
  }, 30_000)

  it('is refused when it is malformed', () => {
    const operand: Operand = { from: 'param', key: 'lr' }
    let deep: object = { op: 'exists', operand }
    for (let depth = 0; depth < MAX_FILTER_DEPTH; depth++) deep = { op: 'not', filter: deep }
    const circle: Record<string, unknown> = { op: 'not' }
    circle['filter'] = circle
    const many = Array.from({ length: 300 }, () => ({ op: 'exists', operand }))
    const operands = Array.from({ length: 60 }, (_, index) => ({
      op: 'exists',
      operand: { from: 'param', key: `${index}` },
    }))
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
      { filter: deep },
      { filter: circle },
      { filter: { op: 'or', filters: many } },
      { filter: { op: 'or', filters: operands } },
      { filter: { op: '= 1 or 1', operand, literal: 1 } },
      { filter: { op: '=', operand, literal: Number.NaN } },
      { filter: { op: '=', operand, literal: {} } },
      { filter: { op: 'in', operand, literals: 'lr' } },
      { filter: { op: 'exists', operand: { from: 'params; drop table runs', key: 'lr' } } },
      { filter: { op: 'exists', operand: { from: 'metric', key: 'lr', aggregate: 'toString' } } },
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
    const filters = Array.from({ length: MAX_FILTER_PARTS - MAX_FILTER_DEPTH }, (_, index): Filter => {
      const operand = operands[index % operands.length] ?? { from: 'run', field: 'id' }
      return index % 2 === 0
        ? { op: '!=', operand, literal: 'a' }
        : { op: 'in', operand, literals: [index, 'b', true, null] }
    })
    let filter: Filter = { op: 'or', filters }
    for (let depth = 2; depth < MAX_FILTER_DEPTH; depth++) filter = { op: 'not', filter }
    const sort = operands.slice(0, MAX_SORTS).map((by) => ({ by, direction: 'ascending' as const }))
    const columns = Array.from({ length: MAX_COLUMNS }, (_, index): Operand => ({
      from: 'tag',
      key: `${index}`,
    }))
    const parsed = parseRunQuery({ ...ALL, filter, sort, columns })
    if (!parsed.ok) throw new Error(parsed.error.message)
    const { total, columns: cells } = queryRuns(database, parsed.value)
    expect([total, cells.length]).toEqual([0, MAX_COLUMNS])
  })

  it('takes params and summaries that are no JSON for the text they are', () => {
    database.sql.run("insert into params values ('run 0', 'odd', '12 abc')")
    database.sql.run("update runs set summary = 'no json' where id = 'run 0'")
    const odd: Operand = { from: 'param', key: 'odd' }
    const filter: Filter = { op: '=', operand: odd, literal: '12 abc' }
    const sort = [{ by: { from: 'summary', key: 'lr' }, direction: 'ascending' }] as const
    const found = queryRuns(database, {
      ...ALL,
      filter,
      sort,
      columns: [odd, { from: 'summary', key: 'lr' }],
    })
    expect(found).toEqual({ total: 1, runIds: ['run 0'], columns: [['12 abc'], [null]] })
  })
})
