import { makeByteCache } from '../../src/model/byte-cache.ts'
import type { Step } from '../../src/model/units.ts'
import { LATE_POINTS, MAX_LAPS, type Lap } from '../../src/protocol/windows.ts'
import { append, emptyIndex, indexEnd } from '../db/points/chunk-index.ts'
import { slicePoints } from '../db/points/point-columns.ts'
import { perStore, type NamedView, type PointStore } from '../db/points/point-store.ts'
import { appendUnit, looseChunk, viewOf, type ChunkPlace } from './forked-view.ts'

/** A part of a series in which steps go forward. */
export interface LapView {
  readonly view: NamedView
  readonly lap: Lap
}

/** Finds where laps begin while steps pass by, as `Lap` says. */
interface LapScan {
  /** Ordinals of the first points. */
  readonly starts: number[]
  /** Points passed. */
  length: number
  highest: Step
  /** The latest steps of the lap, of which there are `count`, in a ring. */
  readonly latest: Float64Array
  count: number
}

interface Known {
  readonly scan: LapScan
  /** Chunks it has passed. */
  chunks: number
}

/** About a thousand series of a few hundred laps. */
const CACHE_BYTES = 4 * 2 ** 20

const cacheOf = perStore(() => makeByteCache<string, Known>(CACHE_BYTES, { keepsNewest: true }))

/**
 * The laps of a view, the newest MAX_LAPS at most and what was before as one; none where there is one lap.
 *
 * Cost: the steps of the series once, then of what has grown; a copy of the chunks in which laps begin.
 */
export function lapsOf(points: PointStore, view: NamedView): readonly LapView[] {
  const { starts, length } = scanView(points, view)
  if (starts.length < 2) return []
  const together = Math.max(1, starts.length - MAX_LAPS + 1)
  const bounds = [0, ...starts.slice(together), length]
  return bounds.slice(0, -1).map((from, index) => ({
    view: sliceView(view, from, bounds[index + 1] ?? length, index === bounds.length - 2),
    lap: {
      index: index === 0 ? 1 : together + index,
      of: starts.length,
      count: index === 0 ? together : 1,
    },
  }))
}

function scanView(points: PointStore, view: NamedView): LapScan {
  const cache = cacheOf(points)
  const name = `${points.generation} ${view.name}`
  const known = cache.get(name) ?? { scan: newScan(), chunks: 0 }
  for (; known.chunks < view.chunks.length; known.chunks += 1)
    passSteps(known.scan, view.columns(known.chunks).steps())
  const { scan } = known
  cache.put(name, known, 8 * (scan.starts.length + LATE_POINTS))
  const whole: LapScan = { ...scan, starts: [...scan.starts], latest: scan.latest.slice() }
  passSteps(whole, view.tail.steps)
  return whole
}

function newScan(): LapScan {
  return {
    starts: [0],
    length: 0,
    highest: Number.NEGATIVE_INFINITY,
    latest: new Float64Array(LATE_POINTS),
    count: 0,
  }
}

function passSteps(scan: LapScan, steps: Float64Array): void {
  for (const step of steps) {
    if (step >= scan.highest) scan.highest = step
    else if (!isLate(scan, step)) {
      scan.starts.push(scan.length)
      scan.highest = step
      scan.count = 0
    }
    scan.latest[scan.count % LATE_POINTS] = step
    scan.count += 1
    scan.length += 1
  }
}

/** Whether a step that is not the highest fills a gap among the latest. */
function isLate({ latest, count }: LapScan, step: Step): boolean {
  const among = latest.subarray(0, Math.min(count, LATE_POINTS))
  return !among.includes(step) && (count < LATE_POINTS || among.some((each) => each < step))
}

/** The points of a view from one ordinal up to another, of which a growing one has more the next time. */
function sliceView(view: NamedView, from: number, to: number, isGrowing: boolean): NamedView {
  const { chunks, tail } = view
  const places: ChunkPlace[] = []
  let index = emptyIndex()
  for (let chunk = 0; chunk < chunks.length; chunk += 1) {
    const start = chunks.ordinals[chunk] ?? 0
    const end = start + (chunks.stats.count[chunk] ?? 0)
    if (end <= from || start >= to) continue
    if (start >= from && end <= to) {
      index = appendUnit(index, chunks, chunk)
      places.push({ view, chunk })
      continue
    }
    const columns = view.columns(chunk)
    const whole = { steps: columns.steps(), values: columns.values, times: columns.times() }
    const part = slicePoints(whole, Math.max(0, from - start), Math.min(end, to) - start)
    const { stats, place } = looseChunk(part)
    index = append(index, 0, indexEnd(index), stats)
    places.push(place)
  }
  const sealed = indexEnd(chunks)
  const rest = slicePoints(
    tail,
    Math.min(tail.values.length, Math.max(0, from - sealed)),
    Math.max(0, to - sealed),
  )
  // Caches tell views apart by name.
  const name = `${view.name}, from ${from} to ${isGrowing ? 'the end' : to}`
  return viewOf(name, index, places, rest)
}
