import { INTEGER, NUMBER, REAL, STEP } from '../../../src/model/column.ts'
import { sectionColumns } from '../../../src/model/log-batch.ts'
import type { RunId } from '../../../src/model/units.ts'
import { makeByteCache } from '../../../src/model/byte-cache.ts'
import type { Sql } from '../sql.ts'
import { append as appendChunk, emptyIndex, type ChunkIndex } from './chunk-index.ts'
import { measureBlocks, type ChunkColumns } from './chunk-rows.ts'
import { CHUNK_POINTS, COLUMN_CACHE_BYTES } from './layout.ts'
import type { PointArrays } from './point-columns.ts'
import { measurePoints, mergeStats, type PointStats } from './point-stats.ts'
import type { PointStore } from './point-store.ts'
import { stepTypeOf, takeFractions } from './row-tables.ts'
import { nameOf } from './series-memory.ts'
import { findSeries, writeSeries } from './series-rows.ts'
import { encodeStats, statColumns, type StatColumns } from './stat-columns.ts'
import { makeTail, type Tail } from './tail.ts'

/** A series that this connection wrote to last, as long as nobody else wrote to the file. */
interface Known {
  readonly id: number
  stats: PointStats
}

/** What was read of a series: full chunks as they would lie in a file of ours, known by the row of their first point, then the rest. */
interface Seen {
  chunks: ChunkIndex
  readonly blocks: StatColumns[]
  readonly tail: Tail
  tailRow: number
  lastRow: number
}

const ROW = { rowid: INTEGER, step: STEP, value: NUMBER, time: REAL } as const
const POINT = { step: STEP, value: NUMBER, time: REAL } as const
const READ_ON =
  'select rowid, step, value, time from points where series_id = ? and rowid > ? order by rowid limit ?'
const READ_CHUNK =
  'select step, value, time from points where series_id = ? and rowid >= ? order by rowid limit ?'
const ADD_SERIES = `insert into series (run_id, key, count, first_step, last_step, min_step, max_step, first_time, last_time,
  min_time, max_time, nan_count, pos_inf_count, neg_inf_count) values (?, ?, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) returning id`
const ADD_POINT = 'insert into points (series_id, step, value, time) values (?, ?, ?, ?)'

/** More names than this are looked up again. */
const MAX_KNOWN = 100_000

/**
 * Points as rows of the public schema, in a file that other processes read and write meanwhile.
 *
 * Log order is that of the row ids of a series. Cost: a row and its place in an index a point; what is read is kept as
 * columns, so that a series is read once.
 */
export function openRowStore(sql: Sql): PointStore {
  const known = new Map<string, Known>()
  const seen = new Map<number, Seen>()
  const columnCache = makeByteCache<string, ChunkColumns>(COLUMN_CACHE_BYTES, { keepsNewest: true })
  let generation = 0
  let dataVersion = 0
  let steps = stepTypeOf(sql)

  function forget(): void {
    known.clear()
    seen.clear()
    columnCache.clear()
    steps = stepTypeOf(sql)
  }

  /** What another process wrote is not what is remembered here. To be asked inside the transaction that relies on it. */
  function noteOthers(): void {
    const version = sql.value('pragma data_version', [], NUMBER) ?? 0
    if (version === dataVersion && known.size <= MAX_KNOWN) return
    dataVersion = version
    known.clear()
    steps = stepTypeOf(sql)
  }

  function find(runId: RunId, key: string): Known | undefined {
    const kept = known.get(nameOf(runId, key))
    if (kept !== undefined) return kept
    const stored = findSeries(sql, runId, key)
    if (stored === undefined) return undefined
    const found = { id: stored.id, stats: stored.stats }
    known.set(nameOf(runId, key), found)
    return found
  }

  function add(runId: RunId, key: string, stats: PointStats): Known {
    const id = sql.value(ADD_SERIES, [runId, key], INTEGER)
    if (id === undefined) throw new Error(`The series ${key} was not added.`)
    const added = { id, stats }
    known.set(nameOf(runId, key), added)
    return added
  }

  function readOn(seriesId: number, of: Seen): void {
    for (;;) {
      const room = CHUNK_POINTS - of.tail.count
      const rows = sql.all(READ_ON, [seriesId, of.lastRow, room], ROW)
      const [first] = rows
      if (first === undefined) return
      if (of.tail.count === 0) of.tailRow = first.rowid
      of.lastRow = rows.at(-1)?.rowid ?? of.lastRow
      of.tail.push(toColumns(rows))
      if (of.tail.count === CHUNK_POINTS) close(of)
    }
  }

  return {
    get generation() {
      return generation
    },
    holds: (runId, key) => known.has(nameOf(runId, key)),
    append({ sections, columns }) {
      noteOthers()
      if (steps === 'integer' && hasFractions(sections, columns)) {
        takeFractions(sql)
        steps = 'real'
      }
      let offset = 0
      for (const { runId, key, count } of sections) {
        const part = sectionColumns(columns, offset, count)
        offset += 3 * count
        if (count === 0) continue
        const measured = measurePoints(part)
        const before = find(runId, key)
        const series = before ?? add(runId, key, measured)
        if (before !== undefined) series.stats = mergeStats(before.stats, measured)
        for (let at = 0; at < count; at += 1)
          sql.run(ADD_POINT, series.id, part.steps[at] ?? 0, part.values[at] ?? null, part.times[at] ?? 0)
        writeSeries(sql, series.id, runId, key, series.stats)
      }
      return columns.length / 3
    },
    checkpoint() {},
    reload() {
      generation += 1
      forget()
    },
    erase(seriesIds, value) {
      sql.run(`delete from points where series_id in (${seriesIds})`, value)
    },
    view(seriesId) {
      const of = seen.get(seriesId) ?? nothingSeen()
      seen.set(seriesId, of)
      readOn(seriesId, of)
      return {
        chunks: of.chunks,
        tail: of.tail.points(),
        columns(chunk) {
          const firstRow = of.chunks.ids[chunk] ?? 0
          const name = `${seriesId} ${firstRow}`
          const kept = columnCache.get(name)
          if (kept !== undefined) return kept
          const points = toColumns(sql.all(READ_CHUNK, [seriesId, firstRow, CHUNK_POINTS], POINT))
          const read = { values: points.values, steps: () => points.steps, times: () => points.times }
          columnCache.put(name, read, CHUNK_POINTS * 3 * Float64Array.BYTES_PER_ELEMENT)
          return read
        },
        blocks: (chunk) => of.blocks[chunk] ?? NO_BLOCKS,
      }
    },
  }
}

const NO_BLOCKS = statColumns(new Uint8Array(0))

function nothingSeen(): Seen {
  return { chunks: emptyIndex(), blocks: [], tail: makeTail(), tailRow: 0, lastRow: 0 }
}

/** The tail is a chunk from now on. */
function close(of: Seen): void {
  const blocks = measureBlocks(of.tail.points())
  const stats = statColumns(encodeStats([blocks.reduce(mergeStats)]))
  const at = of.chunks.length
  of.chunks = appendChunk(of.chunks, of.tailRow, at * CHUNK_POINTS, stats)
  of.blocks.push(statColumns(encodeStats(blocks)))
  of.tail.clear()
}

function toColumns(
  rows: readonly { readonly step: number; readonly value: number; readonly time: number }[],
): PointArrays {
  return {
    steps: Float64Array.from(rows, ({ step }) => step),
    values: Float64Array.from(rows, ({ value }) => value),
    times: Float64Array.from(rows, ({ time }) => time),
  }
}

function hasFractions(sections: readonly { readonly count: number }[], columns: Float64Array): boolean {
  let offset = 0
  for (const { count } of sections) {
    for (let at = offset; at < offset + count; at += 1) if (!Number.isSafeInteger(columns[at])) return true
    offset += 3 * count
  }
  return false
}
