import { SERIES_NAME, TABLES } from '../../../src/protocol/public-schema.ts'
import { INTEGER, NUMBER, TEXT } from '../../../src/model/column.ts'
import type { RunId } from '../../../src/model/units.ts'
import type { Sql } from '../../db/sql.ts'
import { Unreadable } from '../../jobs/errors.ts'
import { isLoss, scanQuery, scanTable } from './scan.ts'

/** A chunk of a damaged database, as its row says. */
export interface DamagedChunk {
  readonly id: number
  /** Of its first point in the series. */
  readonly ordinal: number
  readonly count: number
}

/** A series of a damaged database. Shape: `chunks` by ordinal, none begins before the end of the one before. */
export interface DamagedSeries {
  readonly id: number
  readonly runId: RunId
  readonly key: string
  /** How many points it says it has; 0 when that is lost. */
  readonly count: number
  readonly firstTime: number
  readonly chunks: readonly DamagedChunk[]
}

/** Most points of a chunk of any version. */
const MAX_CHUNK_POINTS = 65_535

const { count: SAID_COUNT, firstTime } = TABLES.series
const COUNTED = { runId: TEXT, key: TEXT, count: SAID_COUNT, firstTime } as const
const CHUNK = { seriesId: INTEGER, ordinal: INTEGER, count: INTEGER } as const
const INDEXED = { seriesId: INTEGER, ordinal: INTEGER, id: INTEGER } as const

/** Every series whose name and chunks can still be told. Cost: about 100 bytes of memory a chunk. */
export function readDamagedSeries(sql: Sql): readonly DamagedSeries[] {
  const names = new Map<number, Omit<DamagedSeries, 'chunks'>>()
  // The index holds the names once more; what the table tells besides follows.
  scanQuery(sql, INDEXED_NAMES, ['run_id', 'key'], [], SERIES_NAME, ({ id, runId, key }) => {
    names.set(id, { id, runId, key, count: 0, firstTime: 0 })
  })
  scanTable(sql, 'series', COUNTED, ({ runId, key, count, firstTime }, id) => {
    names.set(id, { id, runId, key, count: wholeOr0(count), firstTime })
  })
  const chunks = new Map<number, DamagedChunk[]>()
  const found = new Set<number>()
  const add = (seriesId: number, { id, ordinal, count }: DamagedChunk): void => {
    if (found.has(id)) return
    if (!isWhole(ordinal) || !isWhole(count) || count > MAX_CHUNK_POINTS || !names.has(seriesId)) {
      throw new Unreadable('file-corrupt', 'it holds a chunk that is none')
    }
    found.add(id)
    const known = chunks.get(seriesId)
    if (known === undefined) chunks.set(seriesId, [{ id, ordinal, count }])
    else known.push({ id, ordinal, count })
  }
  const lost = scanTable(sql, 'chunks', CHUNK, ({ seriesId, ordinal, count }, id) =>
    add(seriesId, { id, ordinal, count }),
  )
  if (lost > 0) {
    scanQuery(sql, INDEXED_CHUNKS, ['series_id', 'ordinal'], [], INDEXED, ({ seriesId, ordinal, id }) => {
      if (!found.has(id)) add(seriesId, { id, ordinal, count: countValues(sql, id) })
    })
  }
  return [...names.values()]
    .toSorted((a, b) => a.id - b.id)
    .map((name) => Object.assign(name, { chunks: inOrder(chunks.get(name.id) ?? []) }))
}

const INDEXED_NAMES = 'select run_id, key, id from series indexed by sqlite_autoindex_series_1'

const INDEXED_CHUNKS = 'select series_id, ordinal, id from chunks indexed by sqlite_autoindex_chunks_1'

/** How many points a chunk has, told by its values: eight bytes each. A guess when they are lost as well. */
function countValues(sql: Sql, id: number): number {
  try {
    const query = 'select length(point_values) / 8 from chunk_columns where id = ?'
    return sql.value(query, [id], NUMBER) ?? 0
  } catch (cause) {
    if (isLoss(cause)) return 0
    throw cause
  }
}

function inOrder(chunks: readonly DamagedChunk[]): readonly DamagedChunk[] {
  let end = 0
  return chunks
    .toSorted((a, b) => a.ordinal - b.ordinal)
    .filter(({ ordinal, count }) => {
      if (ordinal < end) return false
      end = ordinal + count
      return true
    })
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function wholeOr0(value: number): number {
  return isWhole(value) ? value : 0
}

/** The points that chunks hold. */
export function countIn(chunks: DamagedSeries['chunks']): number {
  return chunks.reduce((sum, { count }) => sum + count, 0)
}
