import { beforeAll, describe, expect, it } from 'vitest'
import type { JsonValue } from '../../src/model/json.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import type { Operand, RunKey } from '../../src/protocol/run-query.ts'
import { openDatabase } from '../db/database.ts'
import type { Database } from '../db/database.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import { loadEngine } from '../db/sqlite.ts'
import { ingestBatch } from '../ingest/ingest-batch.ts'
import { makeClient, pointsOf, startOf, STARTED_AT } from '../store-suite/store.fixture.ts'
import { queryRuns } from './query-runs.ts'
import { readRun, readShownRun } from './run-detail.ts'
import { readKeys } from './run-keys.ts'

let database: Database
let experimentId = ''

const PARAMS: readonly Readonly<Record<string, JsonValue>>[] = [
  { optimizer: { name: 'adam', lr: 0.1, betas: [0.9, 0.99] }, bs: '8' },
  { optimizer: { name: 'adam', lr: '1e-3' }, bs: 16 },
  { optimizer: 'sgd', 'optimizer.lr': 0.5, bs: '32' },
  { layers: [{ units: 8 }, { units: 16 }], bs: 'auto' },
]

beforeAll(async () => {
  database = await openDatabase(openMemoryFiles(await loadEngine(), 'a test'), OWN_DATABASE)
  const client = makeClient('page')
  const starts = PARAMS.map((params, index) =>
    startOf(`run ${index}`, {
      name: `run ${[10, 2, 1, 9][index]}`,
      startedAt: STARTED_AT + index,
      params,
      tags: { seed: String(index * 5) },
    }),
  )
  const outcome = ingestBatch(
    database,
    client.batch(
      [...starts, { type: 'setSummary', runId: 'run 0', summary: { test: { acc: 0.9 } } }],
      pointsOf(),
    ),
    0,
  )
  if (!outcome.ok) throw new Error(outcome.error.message)
  const [first] = starts
  experimentId = first?.type === 'startRun' ? first.run.id : ''
})

function find(
  filter: string,
  columns: readonly Operand[] = [],
  by: Operand | null = null,
): readonly unknown[] {
  const found = queryRuns(database, {
    database: OWN_DATABASE,
    experimentIds: null,
    filter,
    sort: by === null ? [] : [{ by, direction: 'ascending' }],
    offset: 0,
    limit: 100,
    columns,
  })
  if (!found.ok) return [found.error.message]
  return columns.length === 0 ? found.value.runIds : found.value.columns
}

describe('nested params', () => {
  it('are filtered by their paths, wherever they lie', () => {
    expect(find('optimizer.lr < 0.01')).toEqual(['run 1'])
    expect(find('optimizer.lr >= 0.1')).toEqual(['run 2', 'run 0'])
    expect(find('optimizer.name = adam')).toEqual(['run 1', 'run 0'])
    expect(find('param.optimizer = sgd')).toEqual(['run 2'])
    expect(find('"layers.1.units" = 16')).toEqual(['run 3'])
    expect(find('test.acc > 0.5')).toEqual(['run 0'])
    expect(find('optimizer.none = 1')).toEqual([expect.stringContaining('optimizer.none')])
  })

  it('are columns and are sorted by', () => {
    const lr: Operand = { from: 'param', key: 'optimizer.lr' }
    expect(
      find('', [lr, { from: 'param', key: 'optimizer.betas' }], { from: 'run', field: 'startedAt' }),
    ).toEqual([
      [0.1, '1e-3', 0.5, null],
      [[0.9, 0.99], null, null, null],
    ])
    expect(find('', [], lr)).toEqual(['run 1', 'run 0', 'run 2', 'run 3'])
    expect(find('', [{ from: 'summary', key: 'test.acc' }], { from: 'run', field: 'startedAt' })).toEqual([
      [0.9, null, null, null],
    ])
  })

  it('are listed by their paths, and not as the objects they are in', () => {
    const keys = readKeys(database, experimentId)
    const named = (from: RunKey['from']): readonly unknown[] =>
      keys
        .filter((key) => key.from === from)
        .map(({ key, runs, numbers, textNumbers }) => [key, runs, numbers, textNumbers])
    expect(named('param')).toEqual([
      ['bs', 4, 3, 2],
      ['layers.0.units', 1, 1, undefined],
      ['layers.1.units', 1, 1, undefined],
      ['optimizer', 1, 0, undefined],
      ['optimizer.betas', 1, 0, undefined],
      ['optimizer.lr', 3, 3, 1],
      ['optimizer.name', 2, 0, undefined],
    ])
    expect(named('summary')).toEqual([['test.acc', 1, 1, undefined]])
    expect(named('tag')).toEqual([['seed', 4, 4, 4]])
  })
})

describe('texts that are numbers', () => {
  it('are compared with numbers and sorted among them, and stay the texts they are', () => {
    expect(find('bs = 8')).toEqual(['run 0'])
    expect(find('bs in (8, 32)')).toEqual(['run 2', 'run 0'])
    expect(find('bs > 8')).toEqual(['run 2', 'run 1'])
    expect(find('bs = "8"')).toEqual(['run 0'])
    expect(find('bs != 8 and bs is not null')).toEqual(['run 3', 'run 2', 'run 1'])
    expect(find('seed > 5')).toEqual(['run 3', 'run 2'])
    expect(find('', [], { from: 'param', key: 'bs' })).toEqual(['run 0', 'run 1', 'run 2', 'run 3'])
    expect(find('', [], { from: 'tag', key: 'seed' })).toEqual(['run 0', 'run 1', 'run 2', 'run 3'])
  })

  it('sorts names by the numbers in them', () => {
    expect(find('', [], { from: 'run', field: 'name' })).toEqual(['run 2', 'run 1', 'run 3', 'run 0'])
  })
})

describe('a param of megabytes in an old file', () => {
  it('is cut where it is listed, and keeps nobody waiting', () => {
    const huge = JSON.stringify({ weights: Array.from({ length: 400_000 }, (_, index) => index / 7) })
    const { sql } = database
    sql.transaction(() => {
      for (let run = 0; run < 4; run += 1)
        sql.run(
          'insert or replace into params (run_id, key, value) values (?, ?, ?)',
          `run ${run}`,
          'model',
          huge,
        )
    })
    const [cells] = find('', [{ from: 'param', key: 'model' }]) as readonly (readonly string[])[]
    expect(cells?.[0]?.length).toBeLessThan(500)
    expect(cells?.[0]).toContain(`[cut: ${huge.length - 400} characters]`)
    expect(readKeys(database, experimentId).find(({ key }) => key === 'model')).toMatchObject({
      runs: 4,
      texts: [],
    })
    expect(find('model is not null')).toHaveLength(4)
    expect(find('model.weights is not null')).toEqual([expect.stringContaining('model.weights')])
    const shown = readShownRun(database, 'run 0')?.params['model']
    expect(JSON.stringify(shown).length).toBeLessThan(2_000)
    expect(JSON.stringify(shown)).toContain('[cut: ')
    // Whoever leaves with the file has all of it.
    expect(readRun(database, 'run 0')?.params['model']).toEqual(JSON.parse(huge))
    sql.exec("delete from params where key = 'model'")
  })
})
