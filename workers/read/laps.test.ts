import * as fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { MAX_LAPS, type SeriesWindow } from '../../src/protocol/windows.ts'
import { openDatabase } from '../db/database.ts'
import type { Database } from '../db/database.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import { loadEngine } from '../db/sqlite.ts'
import { ingestBatch } from '../ingest/ingest-batch.ts'
import { makeClient, pointsOf, startOf } from '../store-suite/store.fixture.ts'
import * as pairing from './pairs.ts'
import * as smoothing from './smoothed-view.ts'
import { readWindows } from './windows.ts'

let database: Database
const client = makeClient('page')
let runs = 0

beforeAll(async () => {
  database = await openDatabase(openMemoryFiles(await loadEngine(), 'a test'), OWN_DATABASE)
})

function log(runId: string, steps: readonly number[], from = 0, key = 'loss'): void {
  const points = steps.map((step, index) => [step, from + index])
  const batch = client.batch([startOf(runId)], pointsOf({ runId, key, points }))
  const outcome = ingestBatch(database, batch, 0)
  if (!outcome.ok) throw new Error(outcome.error.message)
}

function windowsOf(runId: string, more: object = {}): readonly SeriesWindow[] {
  const series = [{ runId, key: 'loss' }]
  const range = { from: null, to: null, buckets: 50_000 }
  const request = { database: OWN_DATABASE, x: 'step', ...range, series, laps: true, ...more } as const
  return readWindows(database, request, { pairing, smoothing }).windows
}

/** The steps of each lap. */
function lapsOf(steps: readonly number[]): readonly (readonly number[])[] {
  const runId = `run ${(runs += 1)}`
  log(runId, steps)
  return windowsOf(runId).map(({ x }) => [...x])
}

const upTo = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

it('tells apart what overlaps after a resume', () => {
  const [first, second] = [upTo(0, 20_000), upTo(19_990, 30_000)]
  expect(lapsOf([...first, ...second])).toEqual([first, second])
  expect(lapsOf([0, 10, 20, 30, 10, 20, 30, 40])).toEqual([
    [0, 10, 20, 30],
    [10, 20, 30, 40],
  ])
})

it('tells epochs apart whose steps start over', () => {
  const epoch = [0, 1, 2, 3, 4]
  expect(lapsOf([...epoch, ...epoch, ...epoch])).toEqual([epoch, epoch, epoch])
  expect(lapsOf([0, 0.25, 0.5, 0.75, 0, 0.25])).toEqual([
    [0, 0.25, 0.5, 0.75],
    [0, 0.25],
  ])
})

it('leaves in its lap what comes a little late, and what is logged twice', () => {
  expect(lapsOf([1, 0, 2, 4, 3, 7, 6, 5, 8])).toHaveLength(1)
  expect(lapsOf([0, 0, 1, 1, 1, 2])).toHaveLength(1)
})

it('counts a step as a new lap that lies further back than anything late', () => {
  const coarse = upTo(0, 200).map((step) => 10 * step)
  expect(lapsOf([...coarse, 5, 15, 25])).toEqual([coarse, [5, 15, 25]])
})

it('says which lap a window is of, and reads each as if it were alone', () => {
  log('a', upTo(0, 9_999))
  log('a', upTo(0, 8_500), 50_000)
  const windows = windowsOf('a', { from: 100, to: 200 })
  expect(windows.map(({ lap, points, raw }) => [lap, points, raw])).toEqual([
    [{ index: 1, of: 2, count: 1 }, 101, true],
    [{ index: 2, of: 2, count: 1 }, 101, true],
  ])
  expect(windows.map(({ mean }) => mean[1])).toEqual([100, 50_100])
  const smoothed = windowsOf('a', { smoothing: { method: 'ema', width: 1 }, buckets: 100 })
  expect(smoothed.map((window) => (window.smoothed?.mean[0] ?? 0) < 50_000)).toEqual([true, false])
})

it('is one window where laps are not asked for', () => {
  log('b', [0, 1, 2, 0, 1, 2])
  expect(windowsOf('b', { laps: undefined })).toMatchObject([{ points: 6 }])
  expect(windowsOf('b', { x: 'time' })).toMatchObject([{ points: 6 }])
})

it('draws the oldest of very many laps as one, with their range', () => {
  log('c', Array.from({ length: 40 }, () => upTo(0, 9)).flat())
  const windows = windowsOf('c')
  expect(windows).toHaveLength(MAX_LAPS)
  const [together, next] = windows
  expect(together).toMatchObject({ raw: false, lap: { index: 1, of: 40, count: 29 }, points: 290 })
  expect(next).toMatchObject({ raw: true, lap: { index: 30, of: 40, count: 1 }, points: 10 })
  expect([together?.min[3], together?.max[3]]).toEqual([3, 283])
})

it('finds the same laps however they were logged, and loses no point', () => {
  const lap = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(fc.array(lap, { minLength: 1, maxLength: 4 }), fc.nat(), (lists, seed) => {
      const steps = lists.flatMap((list) => list.toSorted((a, b) => a - b))
      const cut = seed % (steps.length + 1)
      const [whole, parts] = [`whole ${(runs += 1)}`, `parts ${runs}`]
      log(whole, steps)
      if (cut > 0) log(parts, steps.slice(0, cut))
      windowsOf(parts)
      if (cut < steps.length) log(parts, steps.slice(cut), cut)
      const tell = (runId: string) => windowsOf(runId).map(({ lap: of, x, mean }) => [of, [...x], [...mean]])
      expect(tell(parts)).toEqual(tell(whole))
      expect(windowsOf(whole).reduce((sum, { points }) => sum + points, 0)).toBe(steps.length)
    }),
    { numRuns: 40 },
  )
})

const pairsOver = (metric: string) =>
  windowsOf('d', { x: { metric } }).map(({ x, mean }) => [[...x], [...mean]])

const smoothedOf = (runId: string) =>
  windowsOf(runId, { smoothing: { method: 'ema', width: 3 } }).map(({ smoothed }) => [
    ...(smoothed?.mean ?? []),
  ])

it('pairs each lap with what the other metric said in it', () => {
  log('d', [0, 1, 2, 0, 1, 2])
  log('d', [0, 1, 2, 0, 1, 2], 100, 'tokens')
  log('d', [0, 1, 2], 500, 'once')
  expect(pairsOver('tokens')).toEqual([
    [
      [100, 101, 102],
      [0, 1, 2],
    ],
    [
      [103, 104, 105],
      [3, 4, 5],
    ],
  ])
  expect(pairsOver('once')).toHaveLength(1)
})

it('smooths laps that grow, end and are drawn as one as they are then', () => {
  const lap = upTo(0, 900)
  for (let count = 1; count <= 2 * MAX_LAPS; count += 1) {
    log('grown', lap, 1_000 * count)
    smoothedOf('grown')
  }
  for (let count = 1; count <= 2 * MAX_LAPS; count += 1) log('at once', lap, 1_000 * count)
  expect(smoothedOf('grown')).toEqual(smoothedOf('at once'))
})
