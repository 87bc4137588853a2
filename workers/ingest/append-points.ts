import { BULK_POINTS, CHUNK_POINTS } from '../db/points/layout.ts'
import { deleteChunk, writeChunk } from '../db/points/chunk-rows.ts'
import type { PendingSection } from '../db/points/pending-row.ts'
import { slicePoints } from '../db/points/point-columns.ts'
import type { PointArrays } from '../db/points/point-columns.ts'
import { measurePoints, mergeStats } from '../db/points/point-stats.ts'
import type { SeriesMemory } from '../db/points/series-memory.ts'
import type { SeriesState } from '../db/points/series-state.ts'
import type { Sql } from '../db/sql.ts'

/**
 * Appends points to a series in memory, writing every chunk that becomes full, and answers what is left to be written
 * to `pending`; null when nothing is.
 *
 * Shape: at least one point. Cost: a copy of the points that stay in the tail; full chunks are cut from `points` itself.
 */
export function appendPoints(
  sql: Sql,
  memory: SeriesMemory,
  state: SeriesState,
  points: PointArrays,
): PendingSection | null {
  const total = points.values.length
  const measured = measurePoints(points)
  state.stats = state.stats === null ? measured : mergeStats(state.stats, measured)
  // What arrives in bulk is worth a chunk of its own at once: it is then written once, and compact.
  const enough = total >= BULK_POINTS ? BULK_POINTS : CHUNK_POINTS
  let at = 0
  while (state.tail.count + total - at >= enough) {
    const end = Math.min(total, at + CHUNK_POINTS - state.tail.count)
    const part = slicePoints(points, at, end)
    if (state.tail.count === 0) {
      seal(sql, memory, state, part)
    } else {
      state.tail.push(part)
      seal(sql, memory, state, state.tail.points())
      state.tail.clear()
    }
    at = end
  }
  if (at === total) return null
  const rest = slicePoints(points, at, total)
  const start = state.sealed + state.tail.count
  state.tail.push(rest)
  return { seriesId: state.id, start, points: rest }
}

function seal(sql: Sql, memory: SeriesMemory, state: SeriesState, points: PointArrays): void {
  // The short chunk held the beginning of these points. The full one is appended rather than put in its place: a row
  // that changes its size leaves a page half empty for ever (measured: 9 % of the file).
  if (state.shortChunkId !== null) deleteChunk(sql, state.shortChunkId)
  const place = { id: memory.nextChunkId(), seriesId: state.id, ordinal: state.sealed, sealed: true }
  writeChunk(sql, place, points)
  state.sealed += points.values.length
  state.shortChunkId = null
  state.shortCount = 0
}
