import * as fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { createRandom } from '../../src/model/seeded-random.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { openDatabase } from '../db/database.ts'
import type { Database } from '../db/database.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import { loadEngine } from '../db/sqlite.ts'
import { ingestBatch } from '../ingest/ingest-batch.ts'
import { makeClient, pointsOf, startOf } from '../store-suite/store.fixture.ts'
import * as pairing from './pairs.ts'
import { readWindows } from './windows.ts'

type Point = readonly [step: number, value: number]

let database: Database
const client = makeClient('page')

beforeAll(async () => {
  database = await openDatabase(openMemoryFiles(await loadEngine(), 'a test'), OWN_DATABASE)
})

function log(runId: string, key: string, points: readonly Point[]): void {
  const outcome = ingestBatch(database, client.batch([startOf(runId)], pointsOf({ runId, key, points })), 0)
  if (!outcome.ok) throw new Error(outcome.error.message)
}

/** loss over tokens as one bucket tells it, or a few points. */
function readPairsOf(runId: string) {
  const series = [{ runId, key: 'loss' }]
  const request = {
    database: OWN_DATABASE,
    x: { metric: 'tokens' },
    from: null,
    to: null,
    buckets: 2,
    series,
  }
  const { from, to, windows } = readWindows(database, request, { pairing, smoothing: null })
  const [window] = windows
  if (window === undefined) throw new Error('no window')
  return { from, to, window }
}

function pairsOfRunA(): readonly unknown[] {
  const { unplaced, x, mean } = readPairsOf('a').window
  return [unplaced, [...x], [...mean]]
}

it('pairs what was said last at a step, as both series grow', () => {
  expect(pairsOfRunA()).toEqual([0, [], []])
  log('a', 'loss', [
    [1, 10],
    [2, 20],
    [3, 30],
  ])
  expect(pairsOfRunA()).toEqual([3, [], []])
  log('a', 'tokens', [
    [1, 100],
    [3, 300],
  ])
  expect(pairsOfRunA()).toEqual([1, [100, 300], [10, 30]])
  log('a', 'tokens', [
    [2, 200],
    [3, 50],
  ])
  expect(pairsOfRunA()).toEqual([0, [50, 100, 200], [30, 10, 20]])
  log('a', 'tokens', [[1, Number.NaN]])
  expect(pairsOfRunA()).toEqual([1, [50, 200], [30, 20]])
})

const anyBatch = fc.record({
  key: fc.constantFrom('loss', 'tokens'),
  count: fc.constantFrom(1, 3, 700, 4100, 9000),
  /** How far the steps jump before the batch. */
  jump: fc.constantFrom(0, 0, 0, 1, 1, 5000, -1, -6000),
  stride: fc.constantFrom(0.5, 1, 1, 2),
})
/** Steps may be far apart, so that no table fits them. */
const anyScale = fc.constantFrom(1, 1, 1_000_003)

let runs = 0
it('pairs the same whatever was cached, in order or not', () => {
  fc.assert(
    fc.property(fc.array(anyBatch, { minLength: 2, maxLength: 9 }), anyScale, (batches, scale) => {
      const runId = `run ${(runs += 1)}`
      const random = createRandom(runs)
      const all: Record<string, Point[]> = { loss: [], tokens: [] }
      for (const { key, count, jump, stride } of batches) {
        const points = all[key] ?? []
        const start = (points.at(-1)?.[0] ?? 0) / scale + jump
        const added = Array.from({ length: count }, (_, index): Point => [
          (start + Math.floor(index * stride)) * scale,
          random() < 0.1 ? Number.NaN : random(),
        ])
        log(runId, key, added)
        points.push(...added)
        const { loss = [], tokens = [] } = all
        const valueAt = new Map(tokens)
        const pairs = loss.map(([step, value]) => [valueAt.get(step) ?? Number.NaN, value] as const)
        const placed = pairs.filter(([x]) => Number.isFinite(x))
        expect(readPairsOf(runId).window.unplaced).toBe(loss.length - placed.length)
        expectPairs(runId, placed)
      }
    }),
    { numRuns: 40 },
  )
}, 30_000)

function expectPairs(runId: string, placed: readonly (readonly [number, number])[]): void {
  const { from, to, window } = readPairsOf(runId)
  const finite = placed.map(([, value]) => value).filter(Number.isFinite)
  expect(window.points).toBe(placed.length)
  expect(window.count.reduce((a, b) => a + b, 0)).toBe(finite.length)
  const sum = window.mean.reduce((total, mean, index) => total + mean * (window.count[index] ?? 0), 0)
  expect(sum).toBeCloseTo(finite.reduce((a, b) => a + b, 0))
  if (placed.length === 0) return
  const x = placed.map(([at]) => at)
  expect([from, to]).toEqual([x.reduce((a, b) => Math.min(a, b)), x.reduce((a, b) => Math.max(a, b))])
}

it('pairs at fractional steps too, in order or not', () => {
  log('fractions', 'tokens', [
    [0.5, 10],
    [1, 20],
    [0.25, 5],
  ])
  log('fractions', 'loss', [
    [0.25, 3],
    [0.5, 2],
    [1, 1],
    [1.5, 0],
  ])
  const { unplaced, x, mean } = readPairsOf('fractions').window
  expect([unplaced, [...x], [...mean]]).toEqual([1, [5, 10, 20], [3, 2, 1]])
})
