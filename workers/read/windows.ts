import type { RunId } from '../../src/model/units.ts'
import { MAX_BUCKETS } from '../../src/protocol/windows.ts'
import type { SeriesWindow, WindowRequest, WindowsAnswer } from '../../src/protocol/windows.ts'
import type { Database } from '../db/database.ts'
import { gridOf, shownOf, type Reach, type Shown } from './window-bounds.ts'
import type { Grid, NonFiniteColumns } from './window-cells.ts'
import { fillOctaves, positiveGrid } from './window-log.ts'
import { readRaw } from './window-raw.ts'
import type { RawColumns } from './window-raw.ts'
import { findSources } from './window-source.ts'
import type { SmoothedSource, Source, WindowCode } from './window-source.ts'

/** Windows hold this many points a bucket before they are no longer drawn point by point. */
const RAW_POINTS_PER_BUCKET = 2

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
  const asked = request.series.flatMap(({ runId, key }): readonly Asked[] => {
    const sources = findSources(database, request, runId, key, code)
    if (sources.length === 0) return [{ runId, key, source: null }]
    return sources.map((source) => ({ runId, key, source }))
  })
  const isLog = request.scale === 'log'
  const shown = shownOf(asked.map(({ source }) => source ?? NOWHERE))
  const buckets = Math.min(MAX_BUCKETS, Math.max(1, Math.floor(request.buckets) || 1))
  const whole = gridOf(request, shown, buckets)
  const grid = isLog ? positiveGrid(whole, request.x) : whole
  return {
    from: grid.from,
    to: grid.to,
    windows: asked.map(({ runId, key, source }, index) =>
      source === null || grid.from > grid.to || (isLog && grid.to <= 0)
        ? emptyWindow(runId, key, source?.unplaced ?? 0)
        : Object.assign(
            { runId, key, unplaced: source.unplaced },
            source.forkedAt === undefined ? {} : { forkedAt: source.forkedAt },
            source.lap === undefined ? {} : { lap: source.lap },
            astrayOf(request, shown[index]),
            readWindow(isLog ? onLogAxis(source) : source, grid),
          ),
    ),
  }
}

/** Said where an end is open: a window that is zoomed shows what it is asked for. */
function astrayOf({ from, to }: WindowRequest, shown: Shown | undefined): { readonly astray?: number } {
  const isOpen = from === null || to === null
  return isOpen && shown !== undefined && shown.astray > 0 ? { astray: shown.astray } : {}
}

/** Of a series that is not there. */
const NOWHERE: Reach = {
  bounds: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  parts: {
    count: 0,
    origin: 0,
    min: () => Number.POSITIVE_INFINITY,
    max: () => Number.NEGATIVE_INFINITY,
    finite: () => 0,
    read: () => ({ x: new Float64Array(0), values: new Float64Array(0) }),
  },
  isPlausible: () => true,
}

function onLogAxis(source: Source): Source {
  const { fill, smoothed } = source
  return {
    ...source,
    fill: (grid) => fillOctaves(fill, grid),
    smoothed: smoothed === null ? null : { ...smoothed, fill: (grid) => fillOctaves(smoothed.fill, grid) },
  }
}

type Window = Omit<SeriesWindow, 'runId' | 'key' | 'unplaced'>

function readWindow({ parts, hasNonFinite, fill, smoothed, lap }: Source, grid: Grid): Window {
  // Laps that are drawn as one would be a line that leaps between them.
  const isTogether = lap !== undefined && lap.count > 1
  const raw = isTogether ? null : readRaw(parts, grid, grid.buckets * RAW_POINTS_PER_BUCKET)
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
