import type { PointColumns } from '../../../src/model/log-batch.ts'
import { decodeDoubles } from '../../db/points/double-codec.ts'
import { decodeIntegers } from '../../db/points/integer-codec.ts'
import { readChunkColumns } from '../../db/points/chunk-rows.ts'
import type { Sql } from '../../db/sql.ts'
import { findChunkRows } from './leaf-pages.ts'
import type { ChunkBlobs, LeafRows } from './leaf-pages.ts'
import type { DamagedChunk, DamagedSeries } from './read-series.ts'
import { isLoss } from './scan.ts'

/** Reads the points of a chunk. Errors: throws what `isLoss` knows when they are lost. */
export type ChunkReader = (series: DamagedSeries, chunk: DamagedChunk) => PointColumns

/** Reads chunks by the table's own tree, and those whose way there is lost from the page where they lie. */
export function makeChunkReader(sql: Sql): ChunkReader {
  let leaves: LeafRows | undefined

  return ({ runId, key }, { id, count }) => {
    const fill = (steps: Float64Array, values: Float64Array, times: Float64Array): PointColumns => {
      const columns = new Float64Array(count * 3)
      columns.set(steps, 0)
      columns.set(values, count)
      columns.set(times, count * 2)
      return { sections: [{ runId, key, count }], columns }
    }
    try {
      const read = readChunkColumns(sql, id, count)
      return fill(read.steps(), read.values, read.times())
    } catch (cause) {
      if (!isLoss(cause)) throw cause
      leaves ??= findChunkRows(sql)
      for (const blobs of leaves.find(id)) {
        const found = decode(blobs, count)
        if (found !== null) return fill(...found)
      }
      throw cause
    }
  }
}

/** null when they are not the columns of that many points: of a version of the chunk that was replaced, or damaged. */
function decode(
  [steps, times, values]: ChunkBlobs,
  count: number,
): [Float64Array, Float64Array, Float64Array] | null {
  if (values.length !== count * Float64Array.BYTES_PER_ELEMENT) return null
  try {
    return [decodeIntegers(steps, count), decodeDoubles(values, count), decodeIntegers(times, count)]
  } catch {
    return null
  }
}
