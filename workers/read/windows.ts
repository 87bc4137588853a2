import type { RunId } from '../../src/model/units.ts'
import { MAX_BUCKETS } from '../../src/protocol/windows.ts'
import type { MetricAxis, SeriesWindow, WindowRequest, WindowsAnswer } from '../../src/protocol/windows.ts'
import type { Database } from '../db/database.ts'
import { finiteCount } from '../db/points/point-stats.ts'
import type { NamedView, SeriesView } from '../db/points/point-store.ts'
import type { PointStats } from '../db/points/point-stats.ts'
import { findSeries, parseStats, STATS_COLUMNS } from '../db/points/series-rows.ts'
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

const FIND = `select s.id, r.started_at, ${STATS_COLUMNS} from series s join runs r on r.id = s.run_id
  where s.run_id = ? and s.key = ? and r.removed_at is null`

function find(
  database: Database,
  { x, smoothing }: WindowRequest,
  runId: RunId,
  key: string,
  code: WindowCode,
): Source | null {
  const found = database.sql.first(FIND, [runId, key], (row) => ({
    id: row.number(0),
    startedAt: row.number(1),
    stats: parseStats(row, 2),
  }))
  if (found === undefined) return null
  const { id, startedAt, stats } = found
  const { points } = database
  // A metric as x has no order of its own to smooth along.
  const axis = axisOf(typeof x === 'object' ? 'step' : x, startedAt)
  const smoothed =
    smoothing === undefined ? null : needed(code.smoothing).smoothView(points, id, axis, smoothing)
  if (typeof x === 'object') {
    const pairing = needed(code.pairing)
    const view = { ...points.view(id), name: String(id) }
    const smoothedPairs =
      smoothed === null ? null : pairedSource(database, runId, smoothed, stats, x, pairing)
    return { ...pairedSource(database, runId, view, stats, x, pairing), smoothed: smoothedPairs }
  }
  const view = points.view(id)
  return {
    bounds: axis.boundsOf(stats),
    ...sourceOf(view, axis),
    hasNonFinite: finiteCount(stats) < stats.count,
    unplaced: 0,
    smoothed: smoothed === null ? null : sourceOf(smoothed, axis),
  }
}

function sourceOf(view: SeriesView, axis: Axis): SmoothedSource {
  return { parts: partsOf(view, axis), fill: (grid) => fillGrid(view, axis, grid) }
}

function pairedSource(
  database: Database,
  runId: RunId,
  view: NamedView,
  { count }: PointStats,
  { metric }: MetricAxis,
  pairing: Pairing,
): Source {
  const x = findSeries(database.sql, runId, metric)
  const { parts, bounds, nonFinite, unplaced } =
    x === undefined ? { ...pairing.NO_PAIRS, unplaced: count } : pairing.readPairs(database, view, x.id)
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
