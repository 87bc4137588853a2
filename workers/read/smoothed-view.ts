import type { Smoothing } from '../../src/protocol/windows.ts'
import { makeByteCache } from '../../src/model/byte-cache.ts'
import type { ByteCache } from '../../src/model/byte-cache.ts'
import { append, emptyIndex } from '../db/points/chunk-index.ts'
import type { ChunkIndex } from '../db/points/chunk-index.ts'
import type { ChunkColumns } from '../db/points/chunk-rows.ts'
import { measureBlocks } from '../db/points/chunk-rows.ts'
import { perStore } from '../db/points/point-store.ts'
import type { NamedView, PointStore, SeriesView } from '../db/points/point-store.ts'
import { mergeStats } from '../db/points/point-stats.ts'
import { encodeStats, statColumns, STAT_BYTES } from '../db/points/stat-columns.ts'
import type { StatColumns } from '../db/points/stat-columns.ts'
import { makeSmoother, resumeSmoother } from './smoothers.ts'
import type { Smoother } from './smoothers.ts'
import type { Axis } from './window-axis.ts'

/** What `readWindows` takes of this file. */
export interface SmoothingCode {
  readonly smoothView: typeof smoothView
}

/** What is known of a smoothed series. It grows with it. Shape: an entry a chunk. */
interface Progress {
  readonly smoother: Smoother
  index: ChunkIndex
  readonly blocks: StatColumns[]
  /** Where the smoother was at the beginning of each chunk. */
  readonly states: (Float64Array | null)[]
  readonly travelled: number[]
}

interface SmoothCaches {
  readonly progress: ByteCache<string, Progress>
  readonly columns: ByteCache<string, Float64Array>
}

/** 20 series of a million points: 0.4 bytes a point of stats. */
const PROGRESS_CACHE_BYTES = 16 * 2 ** 20
const COLUMN_CACHE_BYTES = 24 * 2 ** 20
/** About what a chunk's blocks and state take. */
const CHUNK_PROGRESS_BYTES = 33 * STAT_BYTES + 96

const cachesFor = perStore((): SmoothCaches => ({
  progress: makeByteCache<string, Progress>(PROGRESS_CACHE_BYTES, { keepsNewest: true }),
  columns: makeByteCache<string, Float64Array>(COLUMN_CACHE_BYTES, { keepsNewest: true }),
}))

/**
 * A series as a view of itself smoothed along x, with stats of its own, so that windows of it are read like any other.
 *
 * Cost: reads the series when it is new, then what has grown; a part of a chunk costs the chunk, and for methods that
 * keep no state the chunks in their reach. Owner: the store; valid until the next ingest.
 */
export function smoothView(points: PointStore, view: NamedView, axis: Axis, smoothing: Smoothing): NamedView {
  const { method, width } = smoothing
  const name = [points.generation, view.name, axis.name, method, width].join(' ')
  const caches = cachesFor(points)
  const progress = caches.progress.get(name) ?? newProgress(smoothing)
  if (progress.index.length < view.chunks.length) {
    grow(progress, view, axis, (chunk, values) => keep(chunk, values))
  }
  caches.progress.put(name, progress, progress.index.length * CHUNK_PROGRESS_BYTES + 4096)

  function keep(chunk: number, values: Float64Array): void {
    caches.columns.put(`${name} ${chunk}`, values, values.byteLength)
  }

  function valuesOf(chunk: number): Float64Array {
    const kept = caches.columns.get(`${name} ${chunk}`)
    if (kept !== undefined) return kept
    const columns = view.columns(chunk)
    const values = smootherAt(progress, view, axis, smoothing, chunk).smooth(
      axis.pointsOf(columns),
      columns.values,
    )
    keep(chunk, values)
    return values
  }

  const { tail } = view
  return {
    name,
    chunks: progress.index,
    tail: { ...tail, values: progress.smoother.peek(axis.tailOf(tail), tail.values) },
    columns(chunk): ChunkColumns {
      const { steps, times } = view.columns(chunk)
      return { values: valuesOf(chunk), steps, times }
    },
    blocks: (chunk) => progress.blocks[chunk] ?? statColumns(new Uint8Array(0)),
  }
}

function newProgress(smoothing: Smoothing): Progress {
  return { smoother: makeSmoother(smoothing), index: emptyIndex(), blocks: [], states: [], travelled: [] }
}

/** Smooths the chunks that are new. */
function grow(
  progress: Progress,
  view: SeriesView,
  axis: Axis,
  onChunk: (chunk: number, values: Float64Array) => void,
): void {
  const { smoother } = progress
  const { chunks } = view
  for (let chunk = progress.index.length; chunk < chunks.length; chunk++) {
    progress.states.push(smoother.state())
    progress.travelled.push(smoother.travelled)
    const columns = view.columns(chunk)
    const values = smoother.smooth(axis.pointsOf(columns), columns.values)
    const blocks = measureBlocks({ steps: columns.steps(), times: columns.times(), values })
    progress.blocks.push(statColumns(encodeStats(blocks)))
    const stats = statColumns(encodeStats([blocks.reduce(mergeStats)]))
    progress.index = append(progress.index, chunks.ids[chunk] ?? 0, chunks.ordinals[chunk] ?? 0, stats)
    onChunk(chunk, values)
  }
}

/** A smoother that is at the beginning of a chunk. */
function smootherAt(
  { states, travelled }: Progress,
  view: SeriesView,
  axis: Axis,
  smoothing: Smoothing,
  chunk: number,
): Smoother {
  const state = states[chunk] ?? null
  if (state !== null) return resumeSmoother(smoothing, state)
  const smoother = makeSmoother(smoothing)
  const bound = (travelled[chunk] ?? 0) - smoother.reach
  let first = chunk
  while (first > 0 && (travelled[first] ?? 0) > bound) first -= 1
  for (let before = first; before < chunk; before++) {
    const columns = view.columns(before)
    smoother.skip(axis.pointsOf(columns), columns.values)
  }
  return smoother
}
