import { BYTES, INTEGER, NUMBER } from '../../../src/model/column.ts'
import { Damaged } from '../damage.ts'
import type { Sql } from '../sql.ts'
import { decodeDoubles, encodeDoubles } from './double-codec.ts'
import { decodeIntegers, encodeIntegers } from './integer-codec.ts'
import { BLOCK_POINTS } from './layout.ts'
import { slicePoints } from './point-columns.ts'
import type { PointArrays } from './point-columns.ts'
import { measurePoints, mergeStats } from './point-stats.ts'
import type { PointStats } from './point-stats.ts'
import { encodeStats, statColumns } from './stat-columns.ts'
import type { StatColumns } from './stat-columns.ts'

/** Where a chunk lies: the series, and the ordinal of its first point counted from the series' first. */
export interface ChunkPlace {
  readonly id: number
  readonly seriesId: number
  readonly ordinal: number
  /** A full chunk, never written again; a short one is replaced as its tail grows. */
  readonly sealed: boolean
}

const WRITE_CHUNK =
  'insert or replace into chunks (id, series_id, ordinal, count, sealed, stats) values (?, ?, ?, ?, ?, ?)'
const WRITE_BLOCKS = 'insert or replace into chunk_blocks (id, stats) values (?, ?)'
const WRITE_COLUMNS =
  'insert or replace into chunk_columns (id, steps, times, point_values) values (?, ?, ?, ?)'

/** Writes a chunk or replaces the short one of the same id, and answers the stats of its points. */
export function writeChunk(sql: Sql, place: ChunkPlace, points: PointArrays): PointStats {
  const count = points.values.length
  const blocks = measureBlocks(points)
  const { id, seriesId, ordinal, sealed } = place
  const stats = blocks.reduce(mergeStats)
  sql.run(WRITE_CHUNK, id, seriesId, ordinal, count, sealed ? 1 : 0, encodeStats([stats]))
  sql.run(WRITE_BLOCKS, id, encodeStats(blocks))
  sql.run(
    WRITE_COLUMNS,
    id,
    encodeIntegers(points.steps),
    encodeIntegers(points.times),
    encodeDoubles(points.values),
  )
  return stats
}

/** The stats of every block of a chunk's points. */
export function measureBlocks(points: PointArrays): readonly PointStats[] {
  const count = points.values.length
  const blocks: PointStats[] = []
  for (let from = 0; from < count; from += BLOCK_POINTS) {
    blocks.push(measurePoints(slicePoints(points, from, Math.min(count, from + BLOCK_POINTS))))
  }
  return blocks
}

export function deleteChunk(sql: Sql, id: number): void {
  for (const table of ['chunks', 'chunk_blocks', 'chunk_columns'])
    sql.run(`delete from ${table} where id = ?`, id)
}

/** A chunk's columns, decoded at the first use of each. Owner: the store; never written to or transferred. */
export interface ChunkColumns {
  readonly values: Float64Array
  steps(): Float64Array
  times(): Float64Array
}

const COLUMNS = { steps: BYTES, times: BYTES, pointValues: BYTES } as const
const READ_COLUMNS = 'select steps, times, point_values from chunk_columns where id = ?'

/** Errors: throws `Damaged` when the chunk is missing or not whole, and so do its columns. */
export function readChunkColumns(sql: Sql, id: number, count: number): ChunkColumns {
  const columns = sql.first(READ_COLUMNS, [id], COLUMNS)
  if (columns === undefined) throw new Damaged(sql, `Chunk ${id} has no columns.`)
  let steps: Float64Array | undefined
  let times: Float64Array | undefined
  return {
    values: whole(sql, id, () => decodeDoubles(columns.pointValues, count)),
    steps: () => (steps ??= whole(sql, id, () => decodeIntegers(columns.steps, count))),
    times: () => (times ??= whole(sql, id, () => decodeIntegers(columns.times, count))),
  }
}

function whole(sql: Sql, id: number, decode: () => Float64Array): Float64Array {
  try {
    return decode()
  } catch (cause) {
    throw new Damaged(
      sql,
      `Chunk ${id} cannot be decoded: ${cause instanceof Error ? cause.message : String(cause)}`,
    )
  }
}

/** Errors: throws `Damaged` when the chunk is missing. */
export function readChunkBlocks(sql: Sql, id: number): StatColumns {
  const blocks = sql.value('select stats from chunk_blocks where id = ?', [id], BYTES)
  if (blocks === undefined) throw new Damaged(sql, `Chunk ${id} has no blocks.`)
  return statColumns(blocks)
}

const LAST_CHUNK = { id: INTEGER, ordinal: INTEGER, count: INTEGER, sealed: INTEGER } as const

/** The short chunk of a series, when it has one. */
export function findShortChunk(
  sql: Sql,
  seriesId: number,
): { readonly id: number; readonly ordinal: number; readonly count: number } | undefined {
  const last = sql.first(
    'select id, ordinal, count, sealed from chunks where series_id = ? order by ordinal desc limit 1',
    [seriesId],
    LAST_CHUNK,
  )
  return last === undefined || last.sealed === 1 ? undefined : last
}

/** How many points of a series are in full chunks. */
export function countSealed(sql: Sql, seriesId: number): number {
  return (
    sql.value(
      'select ordinal + count from chunks where series_id = ? and sealed = 1 order by ordinal desc limit 1',
      [seriesId],
      NUMBER,
    ) ?? 0
  )
}
