import { INTEGER } from '../../../src/model/column.ts'
import type { Sql } from '../sql.ts'
import { makeByteCache } from '../../../src/model/byte-cache.ts'
import { readChunkBlocks, readChunkColumns } from './chunk-rows.ts'
import type { ChunkColumns } from './chunk-rows.ts'
import { emptyIndex, growIndex, indexEnd, INDEX_ENTRY_BYTES } from './chunk-index.ts'
import type { ChunkIndex } from './chunk-index.ts'
import { BLOCK_CACHE_BYTES, COLUMN_CACHE_BYTES, INDEX_CACHE_BYTES } from './layout.ts'
import { slicePoints } from './point-columns.ts'
import type { PointArrays } from './point-columns.ts'
import { openSeriesMemory } from './series-memory.ts'
import type { SeriesMemory } from './series-memory.ts'
import type { StatColumns } from './stat-columns.ts'

/** The points of a database: the series being written, and the way to every chunk. */
export interface PointStore {
  readonly memory: SeriesMemory
  /** All points of a series as they are committed now. */
  view(seriesId: number): SeriesView
}

/**
 * The points of one series: full chunks, then the rest as columns.
 *
 * Owner: the store; nothing of it is written to or transferred, and it is valid until the next ingest.
 */
export interface SeriesView {
  readonly chunks: ChunkIndex
  readonly tail: PointArrays
  columns(chunk: number): ChunkColumns
  blocks(chunk: number): StatColumns
}

/** Something kept for every store for as long as it lives: the caches of those who read it. */
export function perStore<T>(make: () => T): (points: PointStore) => T {
  const known = new WeakMap<PointStore, { readonly kept: T }>()
  return (points) => {
    const found = known.get(points) ?? { kept: make() }
    known.set(points, found)
    return found.kept
  }
}

/** A view with a name that tells it from every other of the same store. */
export interface NamedView extends SeriesView {
  readonly name: string
}

const NO_POINTS: PointArrays = {
  steps: new Float64Array(0),
  values: new Float64Array(0),
  times: new Float64Array(0),
}

export function openPointStore(sql: Sql): PointStore {
  const indexes = makeByteCache<number, ChunkIndex>(INDEX_CACHE_BYTES, { keepsNewest: true })
  const columnCache = makeByteCache<number, ChunkColumns>(COLUMN_CACHE_BYTES, { keepsNewest: true })
  const blockCache = makeByteCache<number, StatColumns>(BLOCK_CACHE_BYTES, { keepsNewest: true })
  const memory = openSeriesMemory(sql, () => {
    indexes.clear()
    columnCache.clear()
    blockCache.clear()
  })

  function indexOf(seriesId: number): ChunkIndex {
    const known = indexes.get(seriesId) ?? emptyIndex()
    const index = growIndex(sql, seriesId, known, indexEnd(known))
    indexes.put(seriesId, index, index.ids.length * INDEX_ENTRY_BYTES)
    return index
  }

  function tailOf(seriesId: number): PointArrays {
    const state = memory.peek(seriesId)
    if (state !== undefined) return state.tail.points()
    return readShortChunk(sql, seriesId)
  }

  return {
    memory,
    view(seriesId) {
      const chunks = indexOf(seriesId)
      return {
        chunks,
        tail: tailOf(seriesId),
        columns(chunk) {
          const id = chunks.ids[chunk] ?? 0
          const count = chunks.stats.count[chunk] ?? 0
          const kept = columnCache.get(id)
          if (kept !== undefined) return kept
          const columns = readChunkColumns(sql, id, count)
          columnCache.put(id, columns, count * 3 * Float64Array.BYTES_PER_ELEMENT)
          return columns
        },
        blocks(chunk) {
          const id = chunks.ids[chunk] ?? 0
          const kept = blockCache.get(id)
          if (kept !== undefined) return kept
          const blocks = readChunkBlocks(sql, id)
          blockCache.put(id, blocks, blocks.min.buffer.byteLength)
          return blocks
        },
      }
    },
  }
}

const SHORT_CHUNK = { id: INTEGER, count: INTEGER } as const
const READ_SHORT_CHUNK = `select c.id, c.count from chunks c where c.series_id = ? and c.sealed = 0`

function readShortChunk(sql: Sql, seriesId: number): PointArrays {
  const short = sql.first(READ_SHORT_CHUNK, [seriesId], SHORT_CHUNK)
  if (short === undefined) return NO_POINTS
  const columns = readChunkColumns(sql, short.id, short.count)
  return slicePoints(
    { steps: columns.steps(), values: columns.values, times: columns.times() },
    0,
    short.count,
  )
}
