import * as fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { createRandom } from '../../src/model/seeded-random.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import type { SeriesWindow, WindowRequest, XAxis } from '../../src/protocol/windows.ts'
import { openDatabase } from '../db/database.ts'
import type { Database } from '../db/database.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import { CHUNK_POINTS } from '../db/points/layout.ts'
import { loadEngine } from '../db/sqlite.ts'
import { ingestBatch } from '../ingest/ingest-batch.ts'
import { makeClient, pointsOf, startOf } from '../store-suite/store.fixture.ts'
import * as pairing from './pairs.ts'
import * as smoothing from './smoothed-view.ts'
import { readWindows } from './windows.ts'

/** Where the child was forked from its parent, and the grandchild from it. */
const [FORK, SECOND_FORK] = [9_000, 9_500]

type Points = readonly (readonly number[])[]

let database: Database

/** Points in order, some of them no number. */
function pointsFrom(first: number, count: number, seed: number): Points {
  const random = createRandom(seed)
  return Array.from({ length: count }, (_, at) => {
    const step = first + at
    return [step, random() < 0.01 ? Number.NaN : random(), seed * 100_000 + step]
  })
}

const PARENT = pointsFrom(0, 2 * CHUNK_POINTS + 500, 1)
const CHILD = pointsFrom(FORK + 1, CHUNK_POINTS + 100, 2)
const GRANDCHILD = pointsFrom(SECOND_FORK + 1, 300, 3)
const upTo = (points: Points, step: number): Points => points.filter(([at = 0]) => at <= step)
const ofChild = [...upTo(PARENT, FORK), ...CHILD]
const ofGrandchild = [...upTo(ofChild, SECOND_FORK), ...GRANDCHILD]

beforeAll(async () => {
  database = await openDatabase(openMemoryFiles(await loadEngine(), 'a test'), OWN_DATABASE)
  const client = makeClient('page')
  const log = (runId: string, points: Points, parent: string | null, at: number | null): void => {
    const start = startOf(runId, { parentRunId: parent, forkedAtStep: at })
    // As much as a client sends at once, so that there are chunks and a tail.
    const epochs = points
      .filter(([step = 0]) => step % 50 === 0)
      .map(([step = 0, , time = 0]) => [step, step / 50, time])
    const batch = client.batch(
      [start],
      pointsOf({ runId, key: 'loss', points }, { runId, key: 'epoch', points: epochs }),
    )
    expect(ingestBatch(database, batch, 0).ok).toBe(true)
  }
  log('parent', PARENT, null, null)
  log('child', CHILD, 'parent', FORK)
  log('grandchild', GRANDCHILD, 'child', SECOND_FORK)
  log('fresh', [], 'parent', FORK)
  log('whole child', ofChild, null, null)
  log('whole grandchild', ofGrandchild, null, null)
  log('whole fresh', upTo(PARENT, FORK), null, null)
  log('one', pointsFrom(0, 10, 4), 'other', 5)
  log('other', pointsFrom(0, 10, 5), 'one', 5)
})

function windowOf(runId: string, request: Partial<WindowRequest>): SeriesWindow {
  const { windows } = readWindows(
    database,
    {
      database: OWN_DATABASE,
      x: 'step',
      from: null,
      to: null,
      buckets: 500,
      series: [{ runId, key: 'loss' }],
      ...request,
    },
    { pairing, smoothing },
  )
  const [window] = windows
  if (window === undefined) throw new Error('a window was not answered')
  return window
}

const total = (column: ArrayLike<number>): number => Array.from(column).reduce((sum, each) => sum + each, 0)

/** What does not depend on where chunks end. */
function essence({ raw, points, x, mean, min, max, count, nonFinite, unplaced, smoothed }: SeriesWindow) {
  const rest = { raw, points, unplaced, nan: total(nonFinite.nan), finite: total(count) }
  const extremes = { min: Math.min(...min), max: Math.max(...max) }
  return raw ? { ...rest, ...extremes, x, mean, smoothed } : { ...rest, ...extremes }
}

const x = fc.constantFrom<XAxis>('step', 'time', 'relative', { metric: 'epoch' })
const request = fc.record({
  x,
  buckets: fc.integer({ min: 50, max: 4_000 }),
  range: fc.option(
    fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
  ),
  smoothing: fc.constantFrom(
    undefined,
    { method: 'ema', width: 40 } as const,
    { method: 'mean', width: 9 } as const,
  ),
})

it('shows a fork as one run that logged what its parents did up to each fork', () => {
  fc.assert(
    fc.property(
      request,
      fc.constantFrom('child', 'grandchild', 'fresh'),
      ({ x, buckets, range, smoothing }, runId) => {
        const all = readWindows(
          database,
          {
            database: OWN_DATABASE,
            x,
            from: null,
            to: null,
            buckets: 1,
            series: [{ runId: `whole ${runId}`, key: 'loss' }],
          },
          { pairing, smoothing: null },
        )
        const [low = 0, high = 1] = range === null ? [] : range.toSorted((a, b) => a - b)
        const asked = {
          x,
          buckets,
          from: range === null ? null : all.from + low * (all.to - all.from),
          to: range === null ? null : all.from + high * (all.to - all.from),
          ...(smoothing === undefined ? {} : { smoothing }),
        }
        expect(essence(windowOf(runId, asked))).toEqual(essence(windowOf(`whole ${runId}`, asked)))
      },
    ),
    { numRuns: 150 },
  )
}, 60_000)

it('draws nothing of a parent after the fork, and says where its own points begin', () => {
  const child = windowOf('child', { buckets: 16_384 })
  expect(child.raw).toBe(true)
  const at = child.x.indexOf(FORK + 2)
  expect(child.mean[at]).toBe(CHILD.find(([step]) => step === FORK + 2)?.[1])
  expect(child.forkedAt).toBe(FORK)
  expect(windowOf('grandchild', {}).forkedAt).toBe(SECOND_FORK)
  expect(windowOf('parent', {})).not.toHaveProperty('forkedAt')
  const { x } = windowOf('fresh', {})
  expect(x.at(-1)).toBeLessThanOrEqual(FORK)
})

it('ends where runs say they are forked from each other', () => {
  expect(windowOf('one', {}).points).toBeGreaterThan(0)
})
