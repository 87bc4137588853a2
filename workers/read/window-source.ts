import { INTEGER, NUMBER, REAL, selectList } from '../../src/model/column.ts'
import type { RunId, UnixMs } from '../../src/model/units.ts'
import type { Lap, WindowRequest } from '../../src/protocol/windows.ts'
import type { Database } from '../db/database.ts'
import { indexEnd } from '../db/points/chunk-index.ts'
import { finiteCount, POINT_STATISTICS, type PointStats } from '../db/points/point-stats.ts'
import type { NamedView, SeriesView } from '../db/points/point-store.ts'
import { lineOf } from './forked-view.ts'
import type { RunLine } from './forked-view.ts'
import { lapsOf } from './laps.ts'
import type { Pairing } from './pairs.ts'
import type { SmoothingCode } from './smoothed-view.ts'
import { axisOf } from './window-axis.ts'
import type { Axis } from './window-axis.ts'
import { fillGrid, fillGridFromParts } from './window-buckets.ts'
import type { CellColumns, Grid } from './window-cells.ts'
import { partsOf } from './window-parts.ts'
import type { Parts } from './window-parts.ts'

/** Where the points of a window come from. */
export interface Source {
  /** The least and the greatest x. */
  readonly bounds: readonly [number, number]
  readonly parts: Parts
  /** Whether an x may be meant, and what is shown unzoomed should reach it. */
  isPlausible(x: number): boolean
  readonly hasNonFinite: boolean
  readonly unplaced: number
  fill(grid: Grid): CellColumns
  /** null where it was not asked for. */
  readonly smoothed: SmoothedSource | null
  /** Where the points of others end; absent where all are its own. */
  readonly forkedAt?: number
  /** Which lap it is, of a series that has several. */
  readonly lap?: Lap
}

export type SmoothedSource = Pick<Source, 'parts' | 'fill'>

/** Code that is loaded when a request needs it; null until then. */
export interface WindowCode {
  /** For x that is a metric. */
  readonly pairing: Pairing | null
  readonly smoothing: SmoothingCode | null
}

/** Where a series is found, and its points as the request wants them, a source a lap; none when there is no such series. */
export function findSources(
  database: Database,
  request: WindowRequest,
  runId: RunId,
  key: string,
  code: WindowCode,
): readonly Source[] {
  const found = findLine(database, runId, key)
  if (found === null) return []
  const xView =
    typeof request.x === 'object' ? (findLine(database, runId, request.x.metric)?.view ?? null) : null
  const laps = mayLap(request, found) ? lapsOf(database.points, found.view) : []
  const xLaps = xView === null || laps.length === 0 ? [] : lapsOf(database.points, xView)
  // Of a metric as x each lap has its own values, unless it was not logged in all of them.
  if (laps.length === 0 || (xView !== null && xLaps.length !== laps.length))
    return [sourceFrom(database, request, found, xView, code)]
  return laps.map(({ view, lap }, index) => {
    const alone: Found = { ...found, view, inherited: null, stats: null }
    return Object.assign(sourceFrom(database, request, alone, xLaps[index]?.view ?? null, code), { lap })
  })
}

/** Times go forward whatever steps do. */
function mayLap({ laps, x }: WindowRequest, { stats }: Found): boolean {
  return laps === true && (x === 'step' || typeof x === 'object') && stats?.backSteps !== 0
}

function sourceFrom(
  database: Database,
  { x, smoothing }: WindowRequest,
  { view, inherited, startedAt, stats }: Found,
  xView: NamedView | null,
  code: WindowCode,
): Source {
  // A metric as x has no order of its own to smooth along.
  const axis = axisOf(typeof x === 'object' ? 'step' : x, startedAt)
  const smoothed =
    smoothing === undefined ? null : needed(code.smoothing).smoothView(database.points, view, axis, smoothing)
  if (typeof x === 'object') {
    const pairing = needed(code.pairing)
    const smoothedPairs = smoothed === null ? null : pairedSource(database, smoothed, xView, pairing)
    return { ...pairedSource(database, view, xView, pairing), smoothed: smoothedPairs }
  }
  return {
    bounds: stats === null ? boundsOfParts(partsOf(view, axis)) : axis.boundsOf(stats),
    ...sourceOf(view, axis),
    isPlausible: axis.isPlausible,
    hasNonFinite: stats === null || finiteCount(stats) < stats.count,
    unplaced: 0,
    smoothed: smoothed === null ? null : sourceOf(smoothed, axis),
    ...(inherited === null ? {} : { forkedAt: boundsOfParts(partsOf(inherited, axis))[1] }),
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
    isPlausible: () => true,
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
