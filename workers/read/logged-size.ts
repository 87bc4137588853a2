import { INTEGER } from '../../src/model/column.ts'
import type { MediaRequest } from '../../src/protocol/media-api.ts'
import type { Database } from '../db/database.ts'
import { bytesOfRows } from './table-size.ts'

/** What a row, and its entry in an index, hold besides what is counted. Unit: bytes. */
const ROW = 20
const ENTRY = 10
/** What is known of a content, its digest twice. */
const CONTENT = 150

const OF_RUNS = `from runs r join TABLE t on t.run_id = r.id
  where r.removed_at is null and r.experiment_id = ?1 and (?2 is null or r.id in (select value from json_each(?2)))`
const NAMES = `length(t.run_id) + length(cast(t.key as blob))`
const ARRAYS = `select coalesce(length(t.data), 0) + coalesce(length(cast(t.meta as blob)), 0) + length(t.shape)
  + length(t.dtype) + coalesce(length(t.kind), 0) + ${NAMES} as size, ${NAMES} as indexed
  ${OF_RUNS.replace('TABLE', 'arrays')} and t.upload is null order by t.id`
const BLOBS = `select b.bytes as size from blobs b where b.id in (
  select t.blob_id ${OF_RUNS.replace('TABLE', 'arrays')} and t.upload is null) order by b.id`
const LINES = `select length(cast(t.text as blob)) + length(t.level) + length(t.run_id) as size, length(t.run_id) as indexed
  ${OF_RUNS.replace('TABLE', 'console_lines')} order by t.id`

const SIZE = { size: INTEGER } as const
const INDEXED = { ...SIZE, indexed: INTEGER } as const

/**
 * How large what runs logged besides points is in a database of them alone: arrays, each content once, and what they said.
 *
 * Unit: bytes, to within a few percent. Cost: the rows of all of them are walked, what arrays hold is not read.
 */
export function measureLogged({ sql }: Database, { experimentId, runIds }: MediaRequest): number {
  const request = [experimentId, runIds === null ? null : JSON.stringify(runIds)]
  const rows = (query: string): number => {
    const found = sql.all(query, request, INDEXED)
    const indexed = found.reduce((sum, row) => sum + row.indexed, 0)
    return bytesOfRows(found.map(({ size }) => size + ROW)) + indexed + found.length * ENTRY
  }
  const blobs = sql.all(BLOBS, request, SIZE).map(({ size }) => size + ROW)
  return rows(ARRAYS) + bytesOfRows(blobs) + blobs.length * CONTENT + rows(LINES)
}
