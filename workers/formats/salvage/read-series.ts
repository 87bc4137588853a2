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

/** Every series whose name and chunks can still be told. Cost: about 100 bytes of memory a chunk. */
export function readDamagedSeries(sql: Sql): readonly DamagedSeries[] {
  const names = new Map<number, Omit<DamagedSeries, 'chunks'>>()
  // The index holds the names once more; what the table tells besides follows.
  scanQuery(sql, INDEXED_NAMES, ['run_id', 'key'], [], (row) => {
    const [runId, key, id] = [row.text(0), row.text(1), row.number(2)]
    names.set(id, { id, runId, key, count: 0, firstTime: 0 })
  })
  scanTable(sql, 'series', 'run_id, key, count, first_time', (row) => {
    const [id, runId, key] = [row.number(0), row.text(1), row.text(2)]
    names.set(id, { id, runId, key, count: wholeOr0(row.number(3)), firstTime: row.number(4) })
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
  const lost = scanTable(sql, 'chunks', 'series_id, ordinal, count', (row) =>
    add(row.number(1), { id: row.number(0), ordinal: row.number(2), count: row.number(3) }),
  )
  if (lost > 0) {
    scanQuery(sql, INDEXED_CHUNKS, ['series_id', 'ordinal'], [], (row) => {
      const id = row.number(2)
      if (!found.has(id)) add(row.number(0), { id, ordinal: row.number(1), count: countValues(sql, id) })
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
    return sql.first(query, [id], (row) => row.number(0)) ?? 0
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
