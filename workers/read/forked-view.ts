import { STEP, TEXT } from '../../src/model/column.ts'
import type { RunId, Step } from '../../src/model/units.ts'
import { append, emptyIndex, indexEnd } from '../db/points/chunk-index.ts'
import type { ChunkIndex } from '../db/points/chunk-index.ts'
import { measureBlocks } from '../db/points/chunk-rows.ts'
import { CHUNK_POINTS } from '../db/points/layout.ts'
import { slicePoints } from '../db/points/point-columns.ts'
import type { PointArrays } from '../db/points/point-columns.ts'
import { mergeStats } from '../db/points/point-stats.ts'
import type { NamedView, SeriesView } from '../db/points/point-store.ts'
import { findSeries } from '../db/points/series-rows.ts'
import { copyUnit, encodeStats, statColumns, STAT_BYTES } from '../db/points/stat-columns.ts'
import type { StatColumns } from '../db/points/stat-columns.ts'
import type { Database } from '../db/database.ts'

/** The line of a run: its own points after those of the runs it was forked from, up to where each was. */
export interface RunLine {
  readonly view: NamedView
  /** The part of it that others logged; null where there is none. */
  readonly inherited: SeriesView | null
}

/** A longer line of forks is cut off at its far end; a file may say that runs are forked from each other in a circle. */
const MAX_FORKS = 16

const FORKED = { parentRunId: TEXT, forkedAtStep: STEP } as const
const FORK = `select parent_run_id, forked_at_step from runs
  where id = ? and parent_run_id is not null and forked_at_step is not null and removed_at is null`

/**
 * The points of one metric as a run and its forebears logged them; null where nobody did.
 *
 * Of a parent only points up to the step of the fork, whatever it logged after; none of one that is removed. Owner: the
 * store; valid until the next ingest. Cost: for a fork, a copy of what is known of the parent's chunks, and the points of
 * those in which the fork lies.
 */
export function lineOf(database: Database, runId: RunId, key: string, depth = 0): RunLine | null {
  const { sql, points } = database
  const series = findSeries(sql, runId, key)
  const own = series === undefined ? null : { ...points.view(series.id), name: String(series.id) }
  const fork = sql.first(FORK, [runId], FORKED)
  const parent =
    fork === undefined || depth >= MAX_FORKS || !isThere(database, fork.parentRunId)
      ? null
      : lineOf(database, fork.parentRunId, key, depth + 1)
  const inherited = parent === null || fork === undefined ? null : viewUpTo(parent.view, fork.forkedAtStep)
  if (inherited === null) return own === null ? null : { view: own, inherited: null }
  return { view: own === null ? inherited : joinViews(inherited, own), inherited }
}

function isThere({ sql }: Database, runId: RunId): boolean {
  return sql.exists('select 1 from runs where id = ? and removed_at is null', [runId])
}

/** Where the columns and blocks of a chunk are found. */
export interface ChunkPlace {
  readonly view: Pick<SeriesView, 'columns' | 'blocks'>
  readonly chunk: number
}

/** The points of a view up to a step, all of them in chunks; null when there are none. */
function viewUpTo(view: NamedView, step: Step): NamedView | null {
  const { chunks } = view
  const places: ChunkPlace[] = []
  const rest: PointArrays[] = []
  let index = emptyIndex()
  for (let chunk = 0; chunk < chunks.length; chunk++) {
    if ((chunks.stats.minStep[chunk] ?? 0) > step) continue
    if ((chunks.stats.maxStep[chunk] ?? 0) <= step) {
      index = appendUnit(index, chunks, chunk)
      places.push({ view, chunk })
      continue
    }
    const columns = view.columns(chunk)
    rest.push(pointsUpTo({ steps: columns.steps(), values: columns.values, times: columns.times() }, step))
  }
  rest.push(pointsUpTo(view.tail, step))
  const open = joinPoints(rest)
  for (let from = 0; from < open.values.length; from += CHUNK_POINTS) {
    const part = slicePoints(open, from, Math.min(open.values.length, from + CHUNK_POINTS))
    const { stats, place } = looseChunk(part)
    index = append(index, 0, indexEnd(index), stats)
    places.push(place)
  }
  if (places.length === 0) return null
  // Caches tell views apart by name and size: a parent may go on.
  return viewOf(
    `${view.name} to ${step} in ${index.length}, ${indexEnd(index)}`,
    index,
    places,
    joinPoints([]),
  )
}

/** Points as a chunk that is in no file. */
export function looseChunk(points: PointArrays): { readonly stats: StatColumns; readonly place: ChunkPlace } {
  const blocks = measureBlocks(points)
  return {
    stats: statColumns(encodeStats([blocks.reduce(mergeStats)])),
    place: {
      chunk: 0,
      view: {
        columns: () => ({ values: points.values, steps: () => points.steps, times: () => points.times }),
        blocks: () => statColumns(encodeStats(blocks)),
      },
    },
  }
}

function joinViews(before: NamedView, after: NamedView): NamedView {
  let index = emptyIndex()
  const places: ChunkPlace[] = []
  for (const view of [before, after]) {
    for (let chunk = 0; chunk < view.chunks.length; chunk++) {
      index = appendUnit(index, view.chunks, chunk)
      places.push({ view, chunk })
    }
  }
  return viewOf(`${before.name}, ${after.name}`, index, places, after.tail)
}

/** A view of chunks that lie in others. */
export function viewOf(
  name: string,
  chunks: ChunkIndex,
  places: readonly ChunkPlace[],
  tail: PointArrays,
): NamedView {
  const placeOf = (chunk: number): ChunkPlace => {
    const place = places[chunk]
    if (place === undefined) throw new Error(`The line ${name} has no chunk ${chunk}.`)
    return place
  }
  return {
    name,
    chunks,
    tail,
    columns: (at) => placeOf(at).view.columns(placeOf(at).chunk),
    blocks: (at) => placeOf(at).view.blocks(placeOf(at).chunk),
  }
}

/** Ordinals count on from one run to the next. */
export function appendUnit(index: ChunkIndex, from: ChunkIndex, chunk: number): ChunkIndex {
  const unit = statColumns(new Uint8Array(STAT_BYTES))
  copyUnit(from.stats, chunk, unit, 0)
  return append(index, from.ids[chunk] ?? 0, indexEnd(index), unit)
}

function pointsUpTo(points: PointArrays, step: Step): PointArrays {
  const { steps } = points
  const isKept = (_: unknown, at: number): boolean => (steps[at] ?? 0) <= step
  return {
    steps: steps.filter(isKept),
    values: points.values.filter(isKept),
    times: points.times.filter(isKept),
  }
}

function joinPoints(parts: readonly PointArrays[]): PointArrays {
  const length = parts.reduce((sum, { values }) => sum + values.length, 0)
  const join = (column: keyof PointArrays): Float64Array => {
    const joined = new Float64Array(length)
    let offset = 0
    for (const part of parts) {
      joined.set(part[column], offset)
      offset += part[column].length
    }
    return joined
  }
  return { steps: join('steps'), values: join('values'), times: join('times') }
}
