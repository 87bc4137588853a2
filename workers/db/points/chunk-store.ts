import { INTEGER } from '../../../src/model/column.ts'
import { sectionColumns } from '../../../src/model/log-batch.ts'
import type { Sql } from '../sql.ts'
import { makeByteCache } from '../../../src/model/byte-cache.ts'
import { appendPoints } from './append-points.ts'
import { readChunkBlocks, readChunkColumns, writeChunk } from './chunk-rows.ts'
import type { ChunkColumns } from './chunk-rows.ts'
import { emptyIndex, growIndex, indexEnd, INDEX_ENTRY_BYTES } from './chunk-index.ts'
import type { ChunkIndex } from './chunk-index.ts'
import { BLOCK_CACHE_BYTES, COLUMN_CACHE_BYTES, INDEX_CACHE_BYTES } from './layout.ts'
import { slicePoints } from './point-columns.ts'
import type { PointArrays } from './point-columns.ts'
import type { PointStore } from './point-store.ts'
import { openSeriesMemory } from './series-memory.ts'
import { writeSeries } from './series-rows.ts'
import type { SeriesState } from './series-state.ts'
import type { StatColumns } from './stat-columns.ts'

/** Beyond this, tails of series nobody wrote to since the last checkpoint are let go of. */
const IDLE_TAILS_MAX_BYTES = 16 * 2 ** 20

/** Beyond this, all are. */
const TAILS_MAX_BYTES = 64 * 2 ** 20

/** A state without points weighs about 500 bytes. */
const MAX_STATES = 20_000

const NO_POINTS: PointArrays = {
  steps: new Float64Array(0),
  values: new Float64Array(0),
  times: new Float64Array(0),
}

/** Points in chunks, for a file that one connection has to itself: the series being written, and the way to every chunk. */
export function openChunkStore(sql: Sql): PointStore {
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
    get generation() {
      return memory.generation
    },
    holds: (runId, key) => memory.recall(runId, key) !== undefined,
    append({ sections, columns }, born) {
      const touched = new Set<SeriesState>()
      let offset = 0
      let sealedPoints = 0
      for (const { runId, key, count } of sections) {
        const part = sectionColumns(columns, offset, count)
        offset += 3 * count
        if (count === 0) continue
        const known = born.has(runId) ? memory.recall(runId, key) : memory.find(runId, key)
        const state = known ?? memory.create(runId, key)
        sealedPoints += appendPoints(sql, memory, state, part)
        touched.add(state)
      }
      for (const state of touched) {
        if (state.stats !== null) writeSeries(sql, state.id, state.runId, state.key, state.stats)
      }
      return sealedPoints
    },
    checkpoint() {
      const idle: SeriesState[] = []
      let tailBytes = 0
      for (const state of memory.states()) {
        tailBytes += state.tail.bytes
        if (state.tail.count === state.shortCount) {
          idle.push(state)
          continue
        }
        const id = state.shortChunkId ?? memory.nextChunkId()
        writeChunk(sql, { id, seriesId: state.id, ordinal: state.sealed, sealed: false }, state.tail.points())
        state.shortChunkId = id
        state.shortCount = state.tail.count
      }
      const isTooMuch = tailBytes > TAILS_MAX_BYTES || memory.size > MAX_STATES
      const unwanted = isTooMuch ? memory.states() : tailBytes > IDLE_TAILS_MAX_BYTES ? idle : []
      for (const state of unwanted) memory.forget(state)
    },
    reload: memory.reload,
    erase(seriesIds, value) {
      const chunks = `select id from chunks where series_id in (${seriesIds})`
      for (const table of ['chunk_columns', 'chunk_blocks'])
        sql.run(`delete from ${table} where id in (${chunks})`, value)
      sql.run(`delete from chunks where series_id in (${seriesIds})`, value)
    },
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
