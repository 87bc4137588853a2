import { TABLES } from '../../../src/protocol/public-schema.ts'
import { BYTES, type RowOf } from '../../../src/model/column.ts'
import { arrayBytes, isArrayDtype, isArrayShape } from '../../../src/model/array.ts'
import { parseJson } from '../../../src/model/json.ts'
import { readBlobBytes } from '../../db/blobs.ts'
import type { Sql } from '../../db/sql.ts'
import { parseMedia } from '../../read/arrays.ts'
import type { ArraySource } from '../contents.ts'
import { Unreadable } from '../../jobs/errors.ts'
import { scanTable } from './scan.ts'

/** An array of a damaged database; it may prove unreadable when it is read. */
export interface DamagedArray {
  readonly id: number
  readonly source: ArraySource
}

const { data: _data, ...ARRAY_ROW } = TABLES.arrays

/** In log order. `lost` counts rows that are no arrays. */
export function readDamagedArrays(sql: Sql): {
  readonly arrays: readonly DamagedArray[]
  readonly lost: number
} {
  const arrays: DamagedArray[] = []
  const lost = scanTable(sql, 'arrays', ARRAY_ROW, (row) => {
    if (row.upload === null) arrays.push({ id: row.id, source: parse(sql, row) })
  })
  return { arrays: arrays.toSorted((a, b) => a.id - b.id), lost }
}

function parse(sql: Sql, row: RowOf<typeof ARRAY_ROW>): ArraySource {
  const { id, runId, key, step, time, dtype, bytes: length, blobId } = row
  const shape = parseJson(row.shape)
  if (!isArrayDtype(dtype) || !isArrayShape(shape) || arrayBytes(dtype, shape) !== length) {
    throw new Unreadable('file-corrupt', 'it holds an array that is none')
  }
  return {
    runId,
    key,
    step,
    time,
    dtype,
    shape,
    media: parseMedia(row.kind, row.meta) ?? undefined,
    length,
    read: (offset) => (blobId === null ? readData(sql, id, offset) : readBlobBytes(sql, blobId, offset)),
  }
}

function readData(sql: Sql, id: number, offset: number): Uint8Array {
  const data = sql.value('select data from arrays where id = ?', [id], BYTES)
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
