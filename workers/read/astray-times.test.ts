import { beforeAll, expect, it } from 'vitest'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import type { PointAxis } from '../../src/protocol/windows.ts'
import { openDatabase } from '../db/database.ts'
import type { Database } from '../db/database.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import { loadEngine } from '../db/sqlite.ts'
import { ingestBatch } from '../ingest/ingest-batch.ts'
import { makeClient, pointsOf, STARTED_AT, startOf } from '../store-suite/store.fixture.ts'
import { readWindows } from './windows.ts'

let database: Database

/** Times are milliseconds since STARTED_AT. */
beforeAll(async () => {
  database = await openDatabase(openMemoryFiles(await loadEngine(), 'a test'), OWN_DATABASE)
  const client = makeClient('page')
  const log = (runId: string, times: readonly number[]): void => {
    const points = times.map((time, step) => [step, step, time])
    const batch = client.batch([startOf(runId)], pointsOf({ runId, key: 'loss', points }))
    const outcome = ingestBatch(database, batch, 0)
    if (!outcome.ok) throw new Error(outcome.error.message)
  }
  log('good', [0, 1_000, 2_000])
  log('in 1970', [-STARTED_AT, -STARTED_AT + 3])
  log('in 58000', [STARTED_AT * 40, STARTED_AT * 41])
  log('half', [-STARTED_AT + 5, 3_000, 4_000])
})

function read(x: PointAxis, runIds: readonly string[], from: number | null = null) {
  const series = runIds.map((runId) => ({ runId, key: 'loss' }))
  const request = { database: OWN_DATABASE, x, from, to: null, buckets: 100, series }
  return readWindows(database, request, { pairing: null, smoothing: null })
}

it.each(['time', 'relative'] as const)(
  'reaches no impossible %s unless there is no other, and says so',
  (x) => {
    const origin = x === 'time' ? STARTED_AT : 0
    const { from, to, windows } = read(x, ['in 1970', 'good', 'half', 'in 58000'])
    expect([from - origin, to - origin]).toEqual([0, 4_000])
    expect(windows.map(({ points, astray }) => [points, astray])).toEqual([
      [0, 2],
      [3, undefined],
      [2, 1],
      [0, 2],
    ])
    const alone = read(x, ['in 1970'])
    expect([alone.from - origin, alone.to - origin]).toEqual([-STARTED_AT, -STARTED_AT + 3])
    expect(alone.windows).toMatchObject([{ points: 2 }])
    expect(alone.windows[0]?.astray).toBeUndefined()
  },
)

it('shows an impossible time where a window asks for it', () => {
  const { windows } = read('time', ['in 1970', 'good'], 0)
  expect(windows.map(({ points }) => points)).toEqual([2, 3])
})

it('reaches every step', () => {
  const { from, to } = read('step', ['in 1970', 'good', 'in 58000'])
  expect([from, to]).toEqual([0, 2])
})
