import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../src/model/seeded-random.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { MAX_BUCKETS } from '../../src/protocol/windows.ts'
import type { PointAxis, SeriesWindow, Smoothing, WindowRequest } from '../../src/protocol/windows.ts'
import { openDatabase } from '../db/database.ts'
import type { Database } from '../db/database.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import { BLOCK_POINTS } from '../db/points/layout.ts'
import { loadEngine } from '../db/sqlite.ts'
import { ingestBatch } from '../ingest/ingest-batch.ts'
import { makeClient, startOf, STARTED_AT } from '../store-suite/store.fixture.ts'
import * as pairing from './pairs.ts'
import * as smoothing from './smoothed-view.ts'
import { makeSmoother } from './smoothers.ts'
import { octavesOf } from './window-log.ts'
import { readWindows } from './windows.ts'

interface Point {
  readonly step: number
  readonly value: number
  readonly time: number
}

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

const least = (values: Iterable<number>): number => [...values].reduce((a, b) => Math.min(a, b), Infinity)
const greatest = (values: Iterable<number>): number => [...values].reduce((a, b) => Math.max(a, b), -Infinity)
const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0)

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

function placeWindow(x: readonly number[], start: number, length: number): readonly [number, number] {
  const low = least(x)
  const span = greatest(x) - low
  if (!Number.isFinite(span)) return [0, 1]
  const round = span > 100 ? Math.round : (at: number) => at
  const from = round(low + span * start)
  return [from, from + round(span * length)]
}

function expectWindow(
  window: SeriesWindow,
  points: readonly Point[],
  xOf: (point: Point) => number,
  from: number,
  to: number,
  buckets: number,
): void {
  const inside = points.filter((point) => xOf(point) >= from && xOf(point) <= to)
  const finite = inside.filter(({ value }) => Number.isFinite(value))
  expect(window.points).toBe(inside.length)
  expect(sum(window.nonFinite.nan)).toBe(inside.filter(({ value }) => Number.isNaN(value)).length)
  expect(sum(window.nonFinite.posInf)).toBe(inside.filter(({ value }) => value === Infinity).length)
  expect(sum(window.nonFinite.negInf)).toBe(inside.filter(({ value }) => value === -Infinity).length)
  expect(window.raw).toBe(finite.length <= 2 * buckets)
  if (window.raw) expectRaw(window, points, xOf, from, to)
  else expectBuckets(window, finite, xOf, from, to, buckets)
}

function expectRaw(
  window: SeriesWindow,
  points: readonly Point[],
  xOf: (point: Point) => number,
  from: number,
  to: number,
): void {
  const finite = points.filter(({ value }) => Number.isFinite(value))
  const sorted = finite.toSorted((a, b) => xOf(a) - xOf(b))
  const first = sorted.findIndex((point) => xOf(point) >= from)
  const after = sorted.findIndex((point) => xOf(point) > to)
  const begin = first === -1 ? sorted.length : first
  const end = after === -1 ? sorted.length : after
  const expected = sorted.slice(Math.max(0, begin - 1), end + 1)
  expect([...window.x]).toEqual(expected.map(xOf))
  expect([...window.mean]).toEqual(expected.map(({ value }) => value))
  for (const column of [window.first, window.last, window.min, window.max]) expect(column).toBe(window.mean)
  expect([...window.count]).toEqual(expected.map(() => 1))
}

function expectBuckets(
  window: SeriesWindow,
  finite: readonly Point[],
  xOf: (point: Point) => number,
  from: number,
  to: number,
  buckets: number,
): void {
  expect(window.x.length).toBeLessThanOrEqual(buckets)
  expect([...window.x].every((x) => x >= from && x <= to)).toBe(true)
  expect([...window.x]).toEqual([...window.x].toSorted((a, b) => a - b))
  expect(sum(window.count)).toBe(finite.length)
  const width = (to - from) / buckets
  const groups = isAscending(finite.map(xOf)) ? groupByCount(window, finite) : groupByPlace(finite)
  // Blocks of an epoch may be narrow enough to be put into one of two buckets whole: no other series has such.
  if (buckets > 1 && width > 500 && width < 1000) return
  const counts = [...window.count]
  const wanted = groups.map((group) => group.length)
  if (counts.length === wanted.length && counts.some((count, index) => count !== wanted[index])) {
    // The last block of a chunk may be as short as two points: it goes whole into one of two buckets.
    expect(isAscending(finite.map(xOf))).toBe(false)
    const moved = counts.map((count, index) => Math.abs(count - (wanted[index] ?? 0)))
    expect(greatest(moved)).toBeLessThan(BLOCK_POINTS)
    return
  }
  expect(counts).toEqual(wanted)
  for (const [index, group] of groups.entries()) {
    const values = group.map(({ value }) => value)
    expect([window.first[index], window.last[index]]).toEqual([values[0], values.at(-1)])
    expect([window.min[index], window.max[index]]).toEqual([least(values), greatest(values)])
    const tolerance = 1e-9 * Math.max(Math.abs(least(values)), Math.abs(greatest(values)))
    expect(Math.abs((window.mean[index] ?? Number.NaN) - sum(values) / values.length)).toBeLessThanOrEqual(
      tolerance,
    )
    // Of its own bucket, or drawn at most a quarter of one outside it.
    const place = window.x[index] ?? Number.NaN
    expect(greatest(group.map((point) => Math.abs(xOf(point) - place)))).toBeLessThanOrEqual(
      width * 0.7500001,
    )
  }

  /** In series whose x goes backward within every block nothing is placed but point by point. */
  function groupByPlace(points: readonly Point[]): readonly (readonly Point[])[] {
    const groups: Point[][] = Array.from({ length: buckets }, () => [])
    for (const point of points) {
      const place = Math.floor((xOf(point) - from) * (buckets / (to - from)))
      groups[Math.min(buckets - 1, place)]?.push(point)
    }
    return groups.filter((group) => group.length > 0)
  }
}

function isAscending(x: readonly number[]): boolean {
  return x.every((at, index) => index === 0 || at >= (x[index - 1] ?? 0))
}

/** Where x ascends a bucket holds neighbours: the counts tell which, and nothing is left over. */
function groupByCount(window: SeriesWindow, finite: readonly Point[]): readonly (readonly Point[])[] {
  let end = 0
  const groups = Array.from(window.count, (count) => finite.slice(end, (end += count)))
  expect(end).toBe(finite.length)
  return groups
}
