import { arrayBytes, isArrayDtype, isArrayShape } from '../../../src/model/array.ts'
import { parseJson } from '../../../src/model/json.ts'
import { readBlobBytes } from '../../db/blobs.ts'
import type { Row, Sql } from '../../db/sql.ts'
import { parseMedia } from '../../read/arrays.ts'
import type { ArraySource } from '../contents.ts'
import { Unreadable } from '../../jobs/errors.ts'
import { holdsMedia } from '../kymo-db/trust.ts'
import { scanTable } from './scan.ts'

/** An array of a damaged database; it may prove unreadable when it is read. */
export interface DamagedArray {
  readonly id: number
  readonly source: ArraySource
}

/** In log order. `lost` counts rows that are no arrays. */
export function readDamagedArrays(sql: Sql): {
  readonly arrays: readonly DamagedArray[]
  readonly lost: number
} {
  const arrays: DamagedArray[] = []
  const shown = holdsMedia(sql) ? 'kind, meta' : 'null, null'
  const columns = `run_id, key, step, time, dtype, shape, bytes, blob_id, upload, ${shown}`
  const lost = scanTable(sql, 'arrays', columns, (row) => {
    if (row.textOrNull(9) === null) arrays.push({ id: row.number(0), source: parse(sql, row) })
  })
  return { arrays: arrays.toSorted((a, b) => a.id - b.id), lost }
}

function parse(sql: Sql, row: Row): ArraySource {
  const [id, dtype, shape, length] = [row.number(0), row.text(5), parseJson(row.text(6)), row.number(7)]
  const blobId = row.numberOrNull(8)
  if (!isArrayDtype(dtype) || !isArrayShape(shape) || arrayBytes(dtype, shape) !== length) {
    throw new Unreadable('file-corrupt', 'it holds an array that is none')
  }
  return {
    runId: row.text(1),
    key: row.text(2),
    step: row.number(3),
    time: row.number(4),
    dtype,
    shape,
    media: parseMedia(row.textOrNull(10), row.textOrNull(11)) ?? undefined,
    length,
    read: (offset) => (blobId === null ? readData(sql, id, offset) : readBlobBytes(sql, blobId, offset)),
  }
}

function readData(sql: Sql, id: number, offset: number): Uint8Array {
  const data = sql.first('select data from arrays where id = ?', [id], (row) => row.bytes(0))
  return (data ?? new Uint8Array(0)).subarray(offset)
}

/** Reads all of an array once, so that none is begun that cannot be ended. Errors: throws what `isLoss` knows. */
export function probeArray({ source }: DamagedArray): void {
  for (let at = 0; at < source.length;) {
    const part = source.read(at)
    if (part.length === 0) throw new Unreadable('file-corrupt', `the array ${source.key} ends early`)
    at += part.length
  }
}
