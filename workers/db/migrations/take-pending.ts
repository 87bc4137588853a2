import { BYTES, NUMBER } from '../../../src/model/column.ts'
import { sectionColumns } from '../../../src/model/log-batch.ts'
import { countSealed, findShortChunk, readChunkColumns, writeChunk } from '../points/chunk-rows.ts'
import { bytesToDoubles } from '../points/point-columns.ts'
import type { PointArrays } from '../points/point-columns.ts'
import { makeTail } from '../points/tail.ts'
import type { Tail } from '../points/tail.ts'
import type { Sql } from '../sql.ts'

const PENDING = { sections: BYTES, points: BYTES } as const

/**
 * Takes the points that schema 1 kept in `pending` into short chunks, before the table is dropped: what is not in chunks
 * yet is in the commit log since.
 */
export function takePending(sql: Sql): void {
  const tails = new Map<number, OldTail>()
  sql.each('select sections, points from pending order by id', [], PENDING, (row) => {
    for (const { seriesId, start, points } of decodePending(row.sections, row.points)) {
      const tail = tails.get(seriesId) ?? readTail(sql, seriesId)
      tails.set(seriesId, tail)
      append(tail, start, points)
    }
  })
  let lastId = sql.value('select coalesce(max(id), 0) from chunks', [], NUMBER) ?? 0
  for (const [seriesId, { chunkId, ordinal, points }] of tails) {
    if (points.count === 0) continue
    writeChunk(sql, { id: chunkId ?? (lastId += 1), seriesId, ordinal, sealed: false }, points.points())
  }
}

/** The points of a series after its last full chunk. */
interface OldTail {
  readonly chunkId: number | null
  readonly ordinal: number
  readonly points: Tail
}

function readTail(sql: Sql, seriesId: number): OldTail {
  const short = findShortChunk(sql, seriesId)
  const points = makeTail()
  if (short !== undefined) {
    const columns = readChunkColumns(sql, short.id, short.count)
    points.push({ steps: columns.steps(), values: columns.values, times: columns.times() })
  }
  return { chunkId: short?.id ?? null, ordinal: countSealed(sql, seriesId), points }
}

/** Passes over what was in chunks already. */
function append({ ordinal, points: tail }: OldTail, start: number, points: PointArrays): void {
  const have = ordinal + tail.count
  if (start > have) throw new Error(`Pending points begin at ${start} where ${have} are known.`)
  const skip = have - start
  const { steps, values, times } = points
  if (skip < values.length) {
    tail.push({ steps: steps.subarray(skip), values: values.subarray(skip), times: times.subarray(skip) })
  }
}

interface PendingSection {
  readonly seriesId: number
  /** Ordinal of the first point, counted from the series' first. */
  readonly start: number
  readonly points: PointArrays
}

const SECTION_DOUBLES = 3

/**
 * A row of `pending`, byte by byte, little-endian: `sections` is three doubles a section, the series id, the ordinal of
 * its first point and its count; `points` is, for each section in order, its steps, then its values, then its times,
 * doubles all.
 */
function* decodePending(sections: Uint8Array, pointBytes: Uint8Array): Generator<PendingSection> {
  const directory = bytesToDoubles(sections)
  const columns = bytesToDoubles(pointBytes)
  let offset = 0
  for (let at = 0; at < directory.length; at += SECTION_DOUBLES) {
    const [seriesId = 0, start = 0, count = 0] = directory.subarray(at, at + SECTION_DOUBLES)
    if (offset + 3 * count > columns.length)
      throw new Error('A pending row holds fewer points than it lists.')
    yield { seriesId, start, points: sectionColumns(columns, offset, count) }
    offset += 3 * count
  }
}
