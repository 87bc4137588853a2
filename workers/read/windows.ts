import { INTEGER, NUMBER, REAL, selectList } from '../../src/model/column.ts'
import type { RunId, UnixMs } from '../../src/model/units.ts'
import { MAX_BUCKETS } from '../../src/protocol/windows.ts'
import type { SeriesWindow, WindowRequest, WindowsAnswer } from '../../src/protocol/windows.ts'
import type { Database } from '../db/database.ts'
import { indexEnd } from '../db/points/chunk-index.ts'
import { finiteCount } from '../db/points/point-stats.ts'
import type { NamedView, SeriesView } from '../db/points/point-store.ts'
import { POINT_STATISTICS, type PointStats } from '../db/points/point-stats.ts'
import { lineOf } from './forked-view.ts'
import type { RunLine } from './forked-view.ts'
import type { Pairing } from './pairs.ts'
import type { SmoothingCode } from './smoothed-view.ts'
import { axisOf } from './window-axis.ts'
import type { Axis } from './window-axis.ts'
import { fillGrid, fillGridFromParts } from './window-buckets.ts'
import type { CellColumns, Grid, NonFiniteColumns } from './window-cells.ts'
import { fillOctaves, positiveGrid } from './window-log.ts'
import { partsOf } from './window-parts.ts'
import type { Parts } from './window-parts.ts'
import { readRaw } from './window-raw.ts'
import type { RawColumns } from './window-raw.ts'

/** Windows hold this many points a bucket before they are no longer drawn point by point. */
const RAW_POINTS_PER_BUCKET = 2

/** Where the points of a window come from. */
interface Source {
  /** The least and the greatest x. */
  readonly bounds: readonly [number, number]
  readonly parts: Parts
  readonly hasNonFinite: boolean
  readonly unplaced: number
  fill(grid: Grid): CellColumns
  /** null where it was not asked for. */
  readonly smoothed: SmoothedSource | null
  /** Where the points of others end; absent where all are its own. */
  readonly forkedAt?: number
}

type SmoothedSource = Pick<Source, 'parts' | 'fill'>

/** Code that is loaded when a request needs it; null until then. */
export interface WindowCode {
  /** For x that is a metric. */
  readonly pairing: Pairing | null
  readonly smoothing: SmoothingCode | null
}

interface Asked {
  readonly runId: RunId
  readonly key: string
  /** null when there is no such series. */
  readonly source: Source | null
}

/**
 * Reads windows of series, exactly, on one grid.
 *
 * Cost: bounded by the buckets and the series asked, not by their length; but see `MetricAxis`.
 */
export function readWindows(database: Database, request: WindowRequest, code: WindowCode): WindowsAnswer {
  const asked = request.series.map(({ runId, key }) => ({
    runId,
    key,
    source: find(database, request, runId, key, code),
  }))
  const isLog = request.scale === 'log'
  const whole = gridOf(request, asked)
  const grid = isLog ? positiveGrid(whole, request.x) : whole
  return {
    from: grid.from,
    to: grid.to,
    windows: asked.map(({ runId, key, source }) =>
      source === null || grid.from > grid.to || (isLog && grid.to <= 0)
        ? emptyWindow(runId, key, source?.unplaced ?? 0)
        : Object.assign(
            { runId, key, unplaced: source.unplaced },
            source.forkedAt === undefined ? {} : { forkedAt: source.forkedAt },
            readWindow(isLog ? onLogAxis(source) : source, grid),
          ),
    ),
  }
}

function onLogAxis(source: Source): Source {
  const { fill, smoothed } = source
  return {
    ...source,
    fill: (grid) => fillOctaves(fill, grid),
    smoothed: smoothed === null ? null : { ...smoothed, fill: (grid) => fillOctaves(smoothed.fill, grid) },
  }
}

/** Its own series only: most runs are no forks, and need no more. */
const FOUND = { id: INTEGER, startedAt: REAL, ...POINT_STATISTICS } as const
const FIND = `select s.id, r.started_at, ${selectList(POINT_STATISTICS, 's')} from series s join runs r on r.id = s.run_id
  where s.run_id = ? and s.key = ? and r.removed_at is null and r.parent_run_id is null`

const FIND_FORK = `select started_at from runs
  where id = ? and parent_run_id is not null and removed_at is null`

interface Found extends RunLine {
  readonly startedAt: UnixMs
  /** null where they are not known of all points. */
  readonly stats: PointStats | null
}

function findLine(database: Database, runId: RunId, key: string): Found | null {
  const found = database.sql.first(FIND, [runId, key], FOUND)
  if (found !== undefined) {
    const { id, startedAt, ...stats } = found
    return { startedAt, stats, view: { ...database.points.view(id), name: String(id) }, inherited: null }
  }
  const startedAt = database.sql.value(FIND_FORK, [runId], NUMBER)
  const line = startedAt === undefined ? null : lineOf(database, runId, key)
  return line === null || startedAt === undefined ? null : { ...line, startedAt, stats: null }
}

function find(
  database: Database,
  { x, smoothing }: WindowRequest,
  runId: RunId,
  key: string,
  code: WindowCode,
): Source | null {
  const found = findLine(database, runId, key)
  if (found === null) return null
  const { view, inherited, startedAt, stats } = found
  // A metric as x has no order of its own to smooth along.
  const axis = axisOf(typeof x === 'object' ? 'step' : x, startedAt)
  const smoothed =
    smoothing === undefined ? null : needed(code.smoothing).smoothView(database.points, view, axis, smoothing)
  if (typeof x === 'object') {
    const pairing = needed(code.pairing)
    const xView = findLine(database, runId, x.metric)?.view ?? null
    const smoothedPairs = smoothed === null ? null : pairedSource(database, smoothed, xView, pairing)
    return { ...pairedSource(database, view, xView, pairing), smoothed: smoothedPairs }
  }
  return {
    bounds: stats === null ? boundsOfParts(partsOf(view, axis)) : axis.boundsOf(stats),
    ...sourceOf(view, axis),
    hasNonFinite: stats === null || finiteCount(stats) < stats.count,
    unplaced: 0,
    smoothed: smoothed === null ? null : sourceOf(smoothed, axis),
    ...(inherited === null ? {} : { forkedAt: boundsOfParts(partsOf(inherited, axis))[1] }),
  }
}

function boundsOfParts(parts: Parts): readonly [number, number] {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let part = 0; part < parts.count; part++) {
    min = Math.min(min, parts.min(part))
    max = Math.max(max, parts.max(part))
  }
  return [min, max]
}

function sourceOf(view: SeriesView, axis: Axis): SmoothedSource {
  return { parts: partsOf(view, axis), fill: (grid) => fillGrid(view, axis, grid) }
}

function pairedSource(
  database: Database,
  view: NamedView,
  xView: NamedView | null,
  pairing: Pairing,
): Source {
  const { parts, bounds, nonFinite, unplaced } =
    xView === null
      ? { ...pairing.NO_PAIRS, unplaced: indexEnd(view.chunks) + view.tail.values.length }
      : pairing.readPairs(database, view, xView)
  return {
    bounds,
    parts,
    hasNonFinite: nonFinite > 0,
    unplaced,
    fill: (grid) => fillGridFromParts(parts, grid),
    smoothed: null,
  }
}

function needed<T>(code: T | null): T {
  if (code === null) throw new Error('A window was asked for whose code is not loaded.')
  return code
}

/** Resolves open ends over all series asked; a window of nothing is 0 … 0. */
function gridOf(request: WindowRequest, asked: readonly Asked[]): Grid {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (const { source } of asked) {
    if (source === null) continue
    const [low, high] = source.bounds
    if (low < min) min = low
    if (high > max) max = high
  }
  if (min > max) min = max = 0
  const buckets = Math.min(MAX_BUCKETS, Math.max(1, Math.floor(request.buckets) || 1))
  return { from: boundOr(request.from, min), to: boundOr(request.to, max), buckets }
}

function boundOr(bound: number | null, otherwise: number): number {
  return bound === null || !Number.isFinite(bound) ? otherwise : bound
}

type Window = Omit<SeriesWindow, 'runId' | 'key' | 'unplaced'>

function readWindow({ parts, hasNonFinite, fill, smoothed }: Source, grid: Grid): Window {
  const raw = readRaw(parts, grid, grid.buckets * RAW_POINTS_PER_BUCKET)
  if (raw === null) return { raw: false, ...fill(grid), smoothed: readSmoothed(smoothed, grid, false) }
  const smoothedPoints = readSmoothed(smoothed, grid, true)
  if (!hasNonFinite) return rawWindow(raw, raw.inside, noMarks(), smoothedPoints)
  const { points, nonFinite } = fill(grid)
  return rawWindow(raw, points, nonFinite, smoothedPoints)
}

function readSmoothed(source: SmoothedSource | null, grid: Grid, isRaw: boolean): SeriesWindow['smoothed'] {
  if (source === null) return null
  const raw = isRaw ? readRaw(source.parts, grid, grid.buckets * RAW_POINTS_PER_BUCKET) : null
  if (raw !== null) return { x: raw.x, mean: raw.values }
  const { x, mean } = source.fill(grid)
  return { x, mean }
}

function rawWindow(
  { x, values }: RawColumns,
  points: number,
  nonFinite: NonFiniteColumns,
  smoothed: SeriesWindow['smoothed'],
): Window {
  const count = new Uint32Array(values.length).fill(1)
  return {
    raw: true,
    points,
    x,
    first: values,
    last: values,
    mean: values,
    min: values,
    max: values,
    count,
    nonFinite,
    smoothed,
  }
}

/** New arrays each time: an answer may be transferred. */
function noMarks(): NonFiniteColumns {
  return {
    x: new Float64Array(0),
    nan: new Uint32Array(0),
    posInf: new Uint32Array(0),
    negInf: new Uint32Array(0),
  }
}

function emptyWindow(runId: RunId, key: string, unplaced: number): SeriesWindow {
  const none = new Float64Array(0)
  return {
    runId,
    key,
    raw: true,
    points: 0,
    unplaced,
    x: none,
    first: none,
    last: none,
    mean: none,
    min: none,
    max: none,
    count: new Uint32Array(0),
    nonFinite: noMarks(),
    smoothed: null,
  }
}
