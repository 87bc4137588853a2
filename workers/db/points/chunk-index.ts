import { BYTES, INTEGER } from '../../../src/model/column.ts'
import type { Sql } from '../sql.ts'
import { copyUnit, STAT_BYTES, statColumns } from './stat-columns.ts'
import type { StatColumns } from './stat-columns.ts'

/** The chunks of a series in log order. Shape: the first `length` entries of every column. */
export interface ChunkIndex {
  readonly length: number
  readonly ids: Float64Array
  /** Ordinal of the first point. */
  readonly ordinals: Float64Array
  readonly stats: StatColumns
}

/** Memory of one chunk in an index. */
export const INDEX_ENTRY_BYTES = STAT_BYTES + 16

const CHUNK = { id: INTEGER, ordinal: INTEGER, stats: BYTES } as const
const READ_CHUNKS = `select id, ordinal, stats from chunks
  where series_id = ? and ordinal >= ? and sealed = 1 order by ordinal`

/**
 * Reads the full chunks of a series from `ordinal` on and appends them to an index.
 *
 * Owner: the answer may share memory with `known`, which is not to be used any more. Cost: what is new.
 */
export function growIndex(sql: Sql, seriesId: number, known: ChunkIndex, ordinal: number): ChunkIndex {
  let index = known
  sql.each(READ_CHUNKS, [seriesId, ordinal], CHUNK, ({ id, ordinal, stats }) => {
    index = append(index, id, ordinal, statColumns(stats))
  })
  return index
}

export function emptyIndex(): ChunkIndex {
  return withRoom(8)
}

/** The ordinal after the last point of the index. */
export function indexEnd(index: ChunkIndex): number {
  if (index.length === 0) return 0
  return (index.ordinals[index.length - 1] ?? 0) + (index.stats.count[index.length - 1] ?? 0)
}

export function append(index: ChunkIndex, id: number, ordinal: number, unit: StatColumns): ChunkIndex {
  const grown = index.length < index.ids.length ? index : doubled(index)
  grown.ids[index.length] = id
  grown.ordinals[index.length] = ordinal
  copyUnit(unit, 0, grown.stats, index.length)
  return { ...grown, length: index.length + 1 }
}

function withRoom(room: number): ChunkIndex {
  return {
    length: 0,
    ids: new Float64Array(room),
    ordinals: new Float64Array(room),
    stats: statColumns(new Uint8Array(room * STAT_BYTES)),
  }
}

function doubled(index: ChunkIndex): ChunkIndex {
  const grown = withRoom(index.ids.length * 2)
  grown.ids.set(index.ids)
  grown.ordinals.set(index.ordinals)
  for (let unit = 0; unit < index.length; unit++) copyUnit(index.stats, unit, grown.stats, unit)
  return grown
}
