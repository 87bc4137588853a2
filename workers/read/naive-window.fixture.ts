import { expect } from 'vitest'
import type { SeriesWindow } from '../../src/protocol/windows.ts'
import { BLOCK_POINTS } from '../db/points/layout.ts'

export interface Point {
  readonly step: number
  readonly value: number
  readonly time: number
}

export const least = (values: Iterable<number>): number =>
  [...values].reduce((a, b) => Math.min(a, b), Infinity)
export const greatest = (values: Iterable<number>): number =>
  [...values].reduce((a, b) => Math.max(a, b), -Infinity)
export const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0)

/** Where a window of a part of the span of x begins and ends. */
export function placeWindow(x: readonly number[], start: number, length: number): readonly [number, number] {
  const low = least(x)
  const span = greatest(x) - low
  if (!Number.isFinite(span)) return [0, 1]
  const round = span > 100 ? Math.round : (at: number) => at
  const from = round(low + span * start)
  return [from, from + round(span * length)]
}

/** Looks at every point, and asks of a window what it has to say of those in it. */
export function expectWindow(
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
