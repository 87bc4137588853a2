import * as fc from 'fast-check'
import { type JsonValue } from '../../src/model/json.ts'
import { type Change } from '../../src/model/log-batch.ts'
import { createRandom } from '../../src/model/seeded-random.ts'
import { type MetricAggregate } from '../../src/model/aggregates.ts'
import { type RunQuery } from '../../src/protocol/run-query.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { openDatabase, type Database } from '../db/database.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import { loadEngine } from '../db/sqlite.ts'
import { ingestBatch } from '../ingest/ingest-batch.ts'
import { makeClient, pointsOf, startOf, STARTED_AT } from './store.fixture.ts'
import { type KnownRun } from './naive-query.ts'

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
export const VALUES: readonly JsonValue[] = [
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
export const EXPERIMENTS = ['digits', 'letters']

/** A database of runs of every kind, and all that was said of each. */
export async function openKnownRuns(): Promise<{
  readonly database: Database
  readonly runs: readonly KnownRun[]
}> {
  const database = await openDatabase(openMemoryFiles(await loadEngine(), 'a test'), OWN_DATABASE)
  const runs: KnownRun[] = []
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

  return { database, runs }

  function drawPoint(): readonly [number, number] {
    return [Math.floor(random() * 10), pick([0, 1, 2, -0.5, Number.NaN, Infinity, 10])]
  }
}

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

export const anyKey = fc.constantFrom(...KEYS, ...PATHS)
export const ALL: RunQuery = {
  database: OWN_DATABASE,
  experimentIds: null,
  filter: '',
  sort: [],
  offset: 0,
  limit: 10,
  columns: [],
}
