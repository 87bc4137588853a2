import { arrayBytes, isArrayDtype, isArrayShape, MAX_ARRAY_BYTES } from '../../../src/model/array.ts'
import { parseJson } from '../../../src/model/json.ts'
import { readBlobBytes } from '../../db/blobs.ts'
import { isDamage } from '../../db/damage.ts'
import { parseMedia } from '../../read/arrays.ts'
import type { Row, Sql } from '../../db/sql.ts'
import { arraysToParts } from '../array-parts.ts'
import type { ArraySource, Part } from '../contents.ts'
import type { Progress } from '../../jobs/progress.ts'
import { Unreadable } from '../../jobs/errors.ts'
import { holdsMedia } from './trust.ts'

const COLUMNS = 'id, run_id, key, step, time, dtype, shape, bytes, blob_id'
const REST = 'from arrays not indexed where id > ? and upload is null order by id limit ?'

/** Rows looked at together. */
const ROWS = 1_000

/** The arrays of a file, parsed. Errors: throws `Unreadable` for one that is none or ends early. */
export async function* readArraysAsParts(sql: Sql, progress: Progress): AsyncGenerator<Part> {
  const total = sql.first('select total(bytes) from arrays', [], (row) => row.number(0)) ?? 0
  yield* arraysToParts(readSources(sql), total, progress)
}

function* readSources(sql: Sql): Generator<ArraySource> {
  const select = `select ${COLUMNS}, ${holdsMedia(sql) ? 'kind, meta' : 'null, null'} ${REST}`
  let lastId = Number.MIN_SAFE_INTEGER
  for (;;) {
    const rows = sql.all(select, [lastId, ROWS], (row) => ({ id: row.number(0), source: parse(sql, row) }))
    for (const { id, source } of rows) {
      lastId = id
      yield source
    }
    if (rows.length < ROWS) return
  }
}

function parse(sql: Sql, row: Row): ArraySource {
  const [id, key, dtype, shape] = [row.number(0), row.text(2), row.text(5), parseJson(row.text(6))]
  const [length, blobId] = [row.number(7), row.numberOrNull(8)]
  if (!isArrayDtype(dtype) || !isArrayShape(shape)) {
    throw new Unreadable('file-corrupt', `the array ${key} is of no known type or shape`)
  }
  if (length !== arrayBytes(dtype, shape) || length > MAX_ARRAY_BYTES) {
    throw new Unreadable('file-corrupt', `the array ${key} is not as long as its shape says`)
  }
  return {
    runId: row.text(1),
    key,
    step: row.number(3),
    time: row.number(4),
    dtype,
    shape,
    media: parseMedia(row.textOrNull(9), row.textOrNull(10)) ?? undefined,
    length,
    read: (offset) => (blobId === null ? readRow(sql, id, offset) : readBlob(sql, blobId, key, offset)),
  }
}

function readRow(sql: Sql, id: number, offset: number): Uint8Array {
  return (
    sql.first('select data from arrays where id = ?', [id], (row) => row.bytes(0)) ?? new Uint8Array(0)
  ).subarray(offset)
}

function readBlob(sql: Sql, blobId: number, key: string, offset: number): Uint8Array {
  try {
    return readBlobBytes(sql, blobId, offset)
  } catch (cause) {
    if (!isDamage(cause)) throw cause
    throw new Unreadable('file-corrupt', `the array ${key} misses its bytes at ${offset}`)
  }
}
