import type { Change } from '../../../src/model/log-batch.ts'
import { parseFilter } from '../../../src/filter/parse.ts'
import { resolveFilter } from '../../../src/filter/resolve.ts'
import type { KnownNames } from '../../../src/filter/resolve.ts'
import type { RunFilter } from '../../../src/filter/run-filter.ts'
import type { Operand, RunQuery, RunSort } from '../../../src/protocol/run-query.ts'
import { OWN_DATABASE } from '../../../src/protocol/database-id.ts'
import { makeClient, pointsOf, startOf, STARTED_AT } from '../../../workers/store-suite/store.fixture.ts'
import { createRandom } from '../../../src/model/seeded-random.ts'
import { findNaively } from '../../../workers/store-suite/naive-query.ts'
import type { KnownRun } from '../../../workers/store-suite/naive-query.ts'
import { ingest, openBenchStore } from './bench-store.ts'

const PARAMS = 20
const METRICS = 10
const RUNS_PER_BATCH = 250
const PAGE = 50
const WARM_UP = 5
const OPTIMISERS = ['adam', 'sgd', 'rmsprop', 'lion']
const COLUMNS: readonly Operand[] = [
  { from: 'run', field: 'name' },
  { from: 'run', field: 'status' },
  { from: 'param', key: 'param_0' },
  { from: 'param', key: 'optimiser' },
  { from: 'tag', key: 'host' },
  { from: 'metric', key: 'metric_0', aggregate: 'last' },
  { from: 'metric', key: 'metric_1', aggregate: 'min' },
]

export interface RunQueryTimes {
  readonly queryMs: number[]
  /** The first query after opening. */
  readonly firstMs: number[]
  /** Batches of 250 runs with their params, tags and metrics. */
  readonly ingestMs: number[]
}

/** Times random queries over `runCount` runs × 20 params × 10 metrics, every answer compared with a naive one. */
export async function measureRunQueries(runCount: number, rounds: number): Promise<RunQueryTimes> {
  let store = await openBenchStore()
  const random = createRandom(runCount)
  const client = makeClient('page')
  const runs: KnownRun[] = []
  const times: RunQueryTimes = { queryMs: [], firstMs: [], ingestMs: [] }
  while (runs.length < runCount) {
    const added = Array.from({ length: Math.min(RUNS_PER_BATCH, runCount - runs.length) }, (_, index) =>
      drawRun(random, runs.length + index),
    )
    const points = added.flatMap(({ id, metrics }) =>
      Object.entries(metrics).map(([key, { last = 0 }]) => ({
        runId: id,
        key,
        points: [
          [1, 1],
          [2, last],
        ],
      })),
    )
    const batch = client.batch(added.flatMap(changesOf), pointsOf(...points))
    const start = performance.now()
    await ingest(store, batch)
    times.ingestMs.push(performance.now() - start)
    runs.push(...added)
  }
  store.service.close()
  store = await openBenchStore()
  for (let round = -WARM_UP; round < rounds; round++) {
    const query = drawQuery(random)
    const start = performance.now()
    const answer = await store.service.queryRuns(query)
    const into = round >= 0 ? times.queryMs : round === -WARM_UP ? times.firstMs : []
    into.push(performance.now() - start)
    if (!answer.ok) throw new Error(answer.error.message)
    const expected = findNaively(runs, { ...query, filter: readFilter(query.filter) })
    const page = expected.slice(query.offset, query.offset + PAGE).map(({ id }) => id)
    if (answer.value.total !== expected.length || answer.value.runIds.join() !== page.join())
      throw new Error(`wrong answer to ${JSON.stringify(query)}`)
  }
  store.service.close()
  return times
}

function readFilter(text: string): RunFilter | null {
  const parsed = parseFilter(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`)
  if (parsed.value === null) return null
  const resolved = resolveFilter(parsed.value, KNOWN, 0)
  if (!resolved.ok) throw new Error(`${text}: ${resolved.error.message}`)
  return resolved.value
}

const KNOWN: KnownNames = {
  kindOf: (key) => (key.startsWith('metric_') ? 'metric' : key === 'host' ? 'tag' : 'param'),
  all: () => [],
  patternProblem: () => null,
}

function drawRun(random: () => number, index: number): KnownRun {
  const startedAt = STARTED_AT + index
  const isRunning = random() < 0.05
  const endedAt = isRunning ? null : startedAt + Math.floor(random() * 1e6)
  const numbers = Array.from(
    { length: PARAMS - 1 },
    (_, key) => [`param_${key}`, Math.round(random() * 1e6) / 1e6] as const,
  )
  const optimiser = OPTIMISERS[Math.floor(random() * OPTIMISERS.length)] ?? ''
  const metrics = Array.from({ length: METRICS }, (_, key) => {
    const last = random()
    return [`metric_${key}`, { last, first: 1, min: Math.min(1, last), max: 1 }] as const
  })
  return {
    // As ids are: in no order.
    id: `${Math.floor(random() * 1e9).toString(36)}-${index.toString(36).padStart(12, '0')}`,
    experimentId: `experiment-${index % 4}`,
    removed: false,
    fields: { name: `run ${index}`, status: isRunning ? 'running' : 'finished', startedAt, endedAt },
    params: { ...Object.fromEntries(numbers), optimiser },
    tags: { host: `host-${Math.floor(random() * 20)}` },
    summary: {},
    metrics: Object.fromEntries(metrics),
  }
}

function changesOf({ id, experimentId, fields, params, tags }: KnownRun): readonly Change[] {
  const { startedAt, endedAt, name } = fields
  const start = startOf(id, {
    name: String(name),
    startedAt: Number(startedAt),
    params,
    tags,
    experiment: { id: experimentId, name: experimentId },
  })
  if (endedAt === null || endedAt === undefined) return [start]
  return [start, { type: 'endRun', runId: id, status: 'finished', endedAt: Number(endedAt) }]
}

function drawQuery(random: () => number): RunQuery {
  const below = (count: number): number => Math.floor(random() * count)
  const conditions: readonly (() => string)[] = [
    () => `param_${below(PARAMS - 1)} ${random() < 0.5 ? '<' : '>='} ${random()}`,
    () => `optimiser = ${OPTIMISERS[below(4)] ?? ''}`,
    () => `metric_${below(METRICS)} > ${random()}`,
    () => `host in ("host-${below(20)}", "host-${below(20)}")`,
    () => 'status = finished',
    () => `name contains "${below(100)}"`,
  ]
  const drawn = Array.from({ length: below(4) }, () => conditions[below(conditions.length)]?.() ?? '')
  const filter = drawn.join(random() < 0.7 ? ' and ' : ' or ')
  const direction = random() < 0.5 ? 'ascending' : 'descending'
  const sorts: readonly RunSort[] = [
    { by: { from: 'metric', key: `metric_${below(METRICS)}`, aggregate: 'last' }, direction },
    { by: { from: 'metric', key: `metric_${below(METRICS)}`, aggregate: 'min' }, direction },
    { by: { from: 'param', key: `param_${below(PARAMS - 1)}` }, direction },
    { by: { from: 'run', field: 'name' }, direction },
  ]
  const sort = sorts[below(sorts.length)]
  return {
    database: OWN_DATABASE,
    experimentIds: random() < 0.3 ? [`experiment-${below(4)}`] : null,
    filter,
    sort: sort === undefined ? [] : [sort],
    offset: PAGE * below(random() < 0.8 ? 5 : 200),
    limit: PAGE,
    columns: COLUMNS,
  }
}
