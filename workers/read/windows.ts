import type { RunId, UnixMs } from '../../src/model/units.ts'
import { MAX_BUCKETS } from '../../src/protocol/tracker-api.ts'
import type { SeriesWindow, WindowRequest, WindowsAnswer } from '../../src/protocol/tracker-api.ts'
import type { Database } from '../db/database.ts'
import type { SeriesView } from '../db/points/point-store.ts'
import { parseStats, STATS_COLUMNS } from '../db/points/series-rows.ts'
import type { PointStats } from '../db/points/point-stats.ts'
import { axisOf } from './window-axis.ts'
import type { Axis } from './window-axis.ts'
import { fillGrid } from './window-buckets.ts'
import type { Grid, NonFiniteColumns } from './window-cells.ts'
import { readRaw } from './window-raw.ts'
import type { RawColumns } from './window-raw.ts'

/** Windows hold this many points a bucket before they are no longer drawn point by point. */
const RAW_POINTS_PER_BUCKET = 2

interface Asked {
  readonly runId: RunId
  readonly key: string
  /** null when there is no such series. */
  readonly series: { readonly id: number; readonly stats: PointStats; readonly axis: Axis } | null
}

/**
 * Reads windows of series, exactly, on one grid.
 *
 * Cost: bounded by the buckets and the series asked, not by their length.
 */
export function readWindows(database: Database, request: WindowRequest): WindowsAnswer {
  const asked = request.series.map(({ runId, key }) => find(database, request, runId, key))
  const grid = gridOf(request, asked)
  return {
    from: grid.from,
    to: grid.to,
    windows: asked.map(({ runId, key, series }) =>
      series === null || grid.from > grid.to
        ? emptyWindow(runId, key)
        : Object.assign({ runId, key }, readWindow(database.points.view(series.id), series, grid)),
    ),
  }
}

const FIND = `select s.id, r.started_at, ${STATS_COLUMNS} from series s join runs r on r.id = s.run_id
  where s.run_id = ? and s.key = ? and r.removed_at is null`

function find({ sql }: Database, { x }: WindowRequest, runId: RunId, key: string): Asked {
  const series = sql.first(FIND, [runId, key], (row) => {
    const startedAt: UnixMs = row.number(1)
    return { id: row.number(0), stats: parseStats(row, 2), axis: axisOf(x, startedAt) }
  })
  return { runId, key, series: series ?? null }
}

/** Resolves open ends over all series asked; a window of nothing is 0 … 0. */
function gridOf(request: WindowRequest, asked: readonly Asked[]): Grid {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (const { series } of asked) {
    if (series === null) continue
    const [low, high] = series.axis.boundsOf(series.stats)
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

type Window = Omit<SeriesWindow, 'runId' | 'key'>

function readWindow(
  view: SeriesView,
  { stats, axis }: { readonly stats: PointStats; readonly axis: Axis },
  grid: Grid,
): Window {
  const raw = readRaw(view, axis, grid, grid.buckets * RAW_POINTS_PER_BUCKET)
  if (raw === null) return { raw: false, ...fillGrid(view, axis, grid) }
  if (stats.nanCount + stats.posInfCount + stats.negInfCount === 0) {
    return rawWindow(raw, raw.inside, noMarks())
  }
  const { points, nonFinite } = fillGrid(view, axis, grid)
  return rawWindow(raw, points, nonFinite)
}

function rawWindow({ x, values }: RawColumns, points: number, nonFinite: NonFiniteColumns): Window {
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

function emptyWindow(runId: RunId, key: string): SeriesWindow {
  const none = new Float64Array(0)
  return {
    runId,
    key,
    raw: true,
    points: 0,
    x: none,
    first: none,
    last: none,
    mean: none,
    min: none,
    max: none,
    count: new Uint32Array(0),
    nonFinite: noMarks(),
  }
}
