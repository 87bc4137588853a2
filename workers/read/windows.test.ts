import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../src/model/seeded-random.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { MAX_BUCKETS } from '../../src/protocol/windows.ts'
import type { PointAxis, SeriesWindow, Smoothing, WindowRequest } from '../../src/protocol/windows.ts'
import { openDatabase } from '../db/database.ts'
import type { Database } from '../db/database.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import { loadEngine } from '../db/sqlite.ts'
import { ingestBatch } from '../ingest/ingest-batch.ts'
import { makeClient, startOf, STARTED_AT } from '../store-suite/store.fixture.ts'
import { expectWindow, greatest, least, placeWindow, sum, type Point } from './naive-window.fixture.ts'
import * as pairing from './pairs.ts'
import * as smoothing from './smoothed-view.ts'
import { makeSmoother } from './smoothers.ts'
import { octavesOf } from './window-log.ts'
import { readWindows } from './windows.ts'

const CODE = { pairing, smoothing }

/** The reference is slow, and the machine may be busy. */
const SLOW_MS = 30_000

let database: Database
const drawn = new Map<string, readonly Point[]>()

/** Series that are long enough for full chunks, blocks and a tail, each odd in its own way. */
const SHAPES: Readonly<Record<string, (index: number, random: () => number) => Point>> = {
  ascending: (index, random) => ({ step: index, value: random() - 0.5, time: STARTED_AT + index * 7 }),
  epochs: (index, random) => ({ step: index % 1000, value: random(), time: STARTED_AT + index * 1.25 }),
  shuffled: (index, random) => ({
    step: Math.floor(random() * 20_000) - 10_000,
    value: random() < 0.02 ? ([Number.NaN, Infinity, -Infinity][index % 3] ?? 0) : random() * 1e6,
    time: STARTED_AT + Math.floor(random() * 1e5),
  }),
  mostlyNaN: (index) => ({
    step: index,
    value: index % 5000 === 17 ? index : Number.NaN,
    time: STARTED_AT + index,
  }),
  gappy: (index, random) => ({
    step: Math.floor(index / 3),
    value: random() < 0.6 ? ([Number.NaN, Infinity, -Infinity][index % 3] ?? 0) : index,
    time: STARTED_AT + Math.floor(index / 100) * 1000,
  }),
  bursts: (index, random) => ({
    step: index < 15_000 ? index : index * 1000,
    value: random(),
    time: STARTED_AT,
  }),
}

beforeAll(async () => {
  database = await openDatabase(openMemoryFiles(await loadEngine(), 'a test'), OWN_DATABASE)
  const client = makeClient('page')
  ingestBatch(database, client.batch([startOf('a')]), 0)
  for (const [key, shape] of Object.entries(SHAPES)) {
    const random = createRandom(key.length)
    const points = Array.from({ length: 30_000 }, (_, index) => shape(index, random))
    drawn.set(key, points)
    log(key, points)
    for (const each of SMOOTHINGS) {
      const x = Float64Array.from(points, ({ step }) => step)
      const values = makeSmoother(each).smooth(
        x,
        Float64Array.from(points, ({ value }) => value),
      )
      log(
        smoothedKey(key, each),
        points.map((point, index) => ({ ...point, value: values[index] ?? Number.NaN })),
      )
    }
  }

  function log(key: string, points: readonly Point[]): void {
    const random = createRandom(3)
    // In uneven batches, so that chunks of several sizes and a tail come to be.
    for (let from = 0, count = 1; from < points.length; from += count, count = Math.floor(random() * 9000)) {
      const part = points.slice(from, from + count)
      const columns = [
        part.map(({ step }) => step),
        part.map(({ value }) => value),
        part.map(({ time }) => time),
      ]
      const batch = client.batch([], {
        sections: [{ runId: 'a', key, count: part.length }],
        columns: Float64Array.from(columns.flat()),
      })
      const outcome = ingestBatch(database, batch, 0)
      if (!outcome.ok) throw new Error(outcome.error.message)
    }
  }
})

const SMOOTHINGS: readonly Smoothing[] = [
  { method: 'ema', width: 20 },
  { method: 'gaussian', width: 700 },
  { method: 'mean', width: 9000 },
]
const smoothedKey = (key: string, { method }: Smoothing): string => `${key} ${method}`

const X_OF: Readonly<Record<PointAxis, (point: Point) => number>> = {
  step: ({ step }) => step,
  time: ({ time }) => time,
  relative: ({ time }) => time - STARTED_AT,
}

function read(request: Partial<WindowRequest>, keys: readonly string[]): readonly SeriesWindow[] {
  const series = keys.map((key) => ({ runId: 'a', key }))
  return readWindows(
    database,
    {
      database: OWN_DATABASE,
      x: 'step',
      from: null,
      to: null,
      buckets: 100,
      ...request,
      series,
    },
    CODE,
  ).windows
}

function only(windows: readonly SeriesWindow[]): SeriesWindow {
  const [window] = windows
  if (window === undefined) throw new Error('no window')
  return window
}

const anyRequest = fc.record({
  key: fc.constantFrom(...Object.keys(SHAPES)),
  x: fc.constantFrom<PointAxis>('step', 'time', 'relative'),
  buckets: fc.oneof(
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 1, max: 3000 }),
  ),
  ends: fc.tuple(
    fc.double({ min: -0.1, max: 1.1, noNaN: true }),
    fc.double({ min: 0, max: 1.1, noNaN: true }),
  ),
  zoom: fc.constantFrom(1, 1, 0.1, 0.01, 0.0005),
})

describe('windows', () => {
  it(
    'agree with the points, whatever the window',
    () => {
      fc.assert(
        fc.property(anyRequest, ({ key, x, buckets, ends: [start, length], zoom }) => {
          const points = drawn.get(key) ?? []
          const xOf = X_OF[x]
          const [from, to] = placeWindow(points.map(xOf), start, length * zoom)
          const window = only(read({ x, from, to, buckets }, [key]))
          expect(window.unplaced).toBe(0)
          expectWindow(window, points, xOf, from, to, buckets)
        }),
        { numRuns: 300 },
      )
    },
    SLOW_MS,
  )

  it(
    'smoothed are the windows of the smoothed series, whatever was read before',
    () => {
      fc.assert(
        fc.property(
          anyRequest,
          fc.constantFrom(...SMOOTHINGS),
          fc.constantFrom(null, 'ascending', 'epochs'),
          ({ key, buckets, ends: [start, length], zoom }, each, metric) => {
            const points = drawn.get(key) ?? []
            const [from, to] = placeWindow(points.map(X_OF.step), start, length * zoom)
            const x = metric === null ? 'step' : { metric }
            const { smoothed, raw } = only(read({ x, from, to, buckets, smoothing: each }, [key]))
            const expected = only(read({ x, from, to, buckets }, [smoothedKey(key, each)]))
            expect(smoothed?.x.length).toBe(expected.x.length)
            expect(raw).toBe(expected.raw)
            smoothed?.x.forEach((at, index) => expect(at).toBe(expected.x[index]))
            smoothed?.mean.forEach((mean, index) => {
              const wanted = expected.mean[index] ?? 0
              expect(Math.abs(mean - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)))
            })
          },
        ),
        { numRuns: 200 },
      )
    },
    SLOW_MS,
  )

  it(
    'over another metric agree with the points paired by step, whatever the window',
    () => {
      const keys = fc.constantFrom(...Object.keys(SHAPES))
      const valueAt = new Map(
        [...drawn].map(([key, points]) => [key, new Map(points.map(({ step, value }) => [step, value]))]),
      )
      fc.assert(
        fc.property(anyRequest, keys, ({ key, buckets, ends: [start, length], zoom }, metric) => {
          const xOf = ({ step }: Point): number => valueAt.get(metric)?.get(step) ?? Number.NaN
          const all = drawn.get(key) ?? []
          const points = all.filter((point) => Number.isFinite(xOf(point)))
          const [from, to] = placeWindow(points.map(xOf), start, length * zoom)
          const window = only(read({ x: { metric }, from, to, buckets }, [key]))
          expect(window.unplaced).toBe(all.length - points.length)
          expectWindow(window, points, xOf, from, to, buckets)
          if (points.length === 0) return
          const whole = readWindows(
            database,
            {
              database: OWN_DATABASE,
              x: { metric },
              from: null,
              to: null,
              buckets,
              series: [{ runId: 'a', key }],
            },
            CODE,
          )
          expect([whole.from, whole.to]).toEqual([least(points.map(xOf)), greatest(points.map(xOf))])
        }),
        { numRuns: 80 },
      )
    },
    SLOW_MS,
  )

  it(
    'on a log axis keep every point with x > 0 within a bucket of its octave',
    () => {
      fc.assert(
        fc.property(anyRequest, ({ key, x, buckets, ends: [start, length], zoom }) => {
          const points = drawn.get(key) ?? []
          const xOf = X_OF[x]
          const [from, to] = placeWindow(points.map(xOf), start, length * zoom)
          fc.pre(to > 1 && to > from)
          const request = { database: OWN_DATABASE, x, from, to, buckets, scale: 'log' as const }
          const answer = readWindows(database, { ...request, series: [{ runId: 'a', key }] }, CODE)
          const window = only(answer.windows)
          expect(answer.from).toBeGreaterThan(0)
          expect(answer.from).toBeGreaterThanOrEqual(from)
          const inside = points.filter((point) => xOf(point) >= answer.from && xOf(point) <= to)
          const finite = inside.filter(({ value }) => Number.isFinite(value))
          expect(window.points).toBe(inside.length)
          if (window.raw) return
          expect(sum(window.count)).toBe(finite.length)
          expect(least(window.min)).toBe(least(finite.map(({ value }) => value)))
          expect(greatest(window.max)).toBe(greatest(finite.map(({ value }) => value)))
          expect(window.x.every((at, index) => index === 0 || at > (window.x[index - 1] ?? 0))).toBe(true)
          const octaves = octavesOf({ from: answer.from, to, buckets: Math.min(buckets, MAX_BUCKETS) })
          for (const { value, ...point } of finite.filter((_, index) => index % 997 === 0)) {
            const at = xOf({ ...point, value })
            const octave = octaves.find((grid) => at >= grid.from && at <= grid.to)
            const width = octave === undefined ? 0 : (octave.to - octave.from) / octave.buckets
            const holds = (place: number, index: number): boolean =>
              Math.abs(place - at) <= width * 0.7501 &&
              (window.min[index] ?? 0) <= value &&
              (window.max[index] ?? 0) >= value
            expect(window.x.some(holds)).toBe(true)
          }
        }),
        { numRuns: 150 },
      )
    },
    SLOW_MS,
  )

  it('put the series of a request on one grid from end to end', () => {
    const answer = readWindows(
      database,
      {
        database: OWN_DATABASE,
        x: 'step',
        from: null,
        to: null,
        buckets: 500,
        series: [
          { runId: 'a', key: 'ascending' },
          { runId: 'a', key: 'shuffled' },
          { runId: 'a', key: 'no such metric' },
        ],
      },
      CODE,
    )
    const steps = [...(drawn.get('ascending') ?? []), ...(drawn.get('shuffled') ?? [])].map(
      ({ step }) => step,
    )
    expect([answer.from, answer.to]).toEqual([least(steps), greatest(steps)])
    const places = answer.windows.map(({ x }) => new Set(x))
    const width = (answer.to - answer.from) / 500
    for (const place of places.flatMap((set) => Array.from(set))) {
      expect(((place - answer.from) / width) % 1).toBeCloseTo(0.5, 6)
    }
    expect(answer.windows.map(({ points }) => points)).toEqual([30_000, 30_000, 0])
  })

  it('answer a window the wrong way round, or of a removed or missing run, with nothing', () => {
    expect(only(read({ from: 10, to: 5 }, ['ascending'])).points).toBe(0)
    expect(only(read({}, ['missing'])).points).toBe(0)
    expect(only(read({ buckets: Number.NaN, from: Number.NaN }, ['ascending'])).points).toBe(30_000)
    expect(only(read({ buckets: 10 * MAX_BUCKETS }, ['ascending'])).x.length).toBeLessThanOrEqual(
      2 * MAX_BUCKETS,
    )
  })
})
